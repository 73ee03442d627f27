using HaLong.Identity.Domain;
using HaLong.Identity.Factors;
using HaLong.Identity.Federation;
using HaLong.Identity.Passwords;
using HaLong.Identity.Registration;
using HaLong.Identity.Sessions;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Antiforgery;

namespace HaLong.Identity.SignIn;

/// <summary>The page where people sign in: a plain form; a passkey or another provider may stand in for it.</summary>
internal sealed class SignInPage(
    IAntiforgery antiforgery, PasswordSignIn passwords, PasskeyCeremony passkeys, SignInFlow flow, Providers providers)
{
    public const string Path = "/account/sign-in";

    private sealed record Form(string UserName, string ReturnUrl, Error? Summary = null, Error? UserNameError = null, Error? PasswordError = null);

    public Task<IResult> GetAsync(HttpContext http, string? returnUrl)
    {
        returnUrl ??= "/";
        return LocalUrl.IsLocal(returnUrl)
            ? ShowAsync(http, StatusCodes.Status200OK, new Form("", returnUrl))
            : Task.FromResult(IdentityErrors.ReturnUrlNotLocal.ToProblem());
    }

    public async Task<IResult> PostAsync(HttpContext http, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType)
            return await ShowAsync(http, StatusCodes.Status400BadRequest, new Form("", "/", IdentityErrors.FormExpired));

        var input = await http.Request.ReadFormAsync(ct);
        var userName = input["userName"].ToString().Trim();
        var returnUrl = FirstOf(input["returnUrl"], http.Request.Query["returnUrl"], "/");
        if (!LocalUrl.IsLocal(returnUrl))
            return IdentityErrors.ReturnUrlNotLocal.ToProblem();

        var form = new Form(userName, returnUrl);
        if (!await antiforgery.IsRequestValidAsync(http))
            return await ShowAsync(http, StatusCodes.Status400BadRequest, form with { Summary = IdentityErrors.FormExpired });
        return input.ContainsKey(PasskeyForm.Credential)
            ? await PasskeyAsync(http, input, form, ct)
            : await PasswordAsync(http, input["password"].ToString(), form, ct);
    }

    private async Task<IResult> PasswordAsync(HttpContext http, string password, Form form, CancellationToken ct)
    {
        if (form.UserName.Length is 0 or > 100 || password.Length is 0 or > 200)
        {
            return await ShowAsync(http, StatusCodes.Status400BadRequest, form with
            {
                UserNameError = form.UserName.Length is 0 or > 100 ? IdentityErrors.UserNameMissing : null,
                PasswordError = password.Length is 0 or > 200 ? IdentityErrors.PasswordMissing : null,
            });
        }

        var (result, retryAfter) = await passwords.AttemptAsync(form.UserName, password, ct);
        if (!result.IsSuccess)
        {
            if (retryAfter is { } wait)
                Forms.RetryAfter(http, wait);
            return await ShowAsync(http, retryAfter is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status429TooManyRequests,
                form with { Summary = result.Error });
        }

        var account = result.Value;
        return await flow.ContinueAsync(http, account, new SignInProof(["pwd"], Caller.BasicAcr, account.Level), form.ReturnUrl, ct);
    }

    // A passkey that asked for finger or PIN is two factors by itself.
    private async Task<IResult> PasskeyAsync(HttpContext http, IFormCollection input, Form form, CancellationToken ct)
    {
        var (credential, state) = PasskeyForm.Read(input);
        return await passkeys.FinishRequestAsync(http, null, credential, state, ct) is { } account
            ? await flow.ContinueAsync(http, account, new SignInProof([SecondStep.Key], Caller.StrongAcr, account.Level), form.ReturnUrl, ct)
            : await ShowAsync(http, StatusCodes.Status401Unauthorized, form with { Summary = IdentityErrors.PasskeyRefused });
    }

    private async Task<IResult> ShowAsync(HttpContext http, int status, Form form)
    {
        var title = Text.Bilingual("Đăng nhập", "Sign in");
        var question = await passkeys.BeginRequestAsync(http, null);
        return Page.Render(http, status, title, Html.Of($"""
            {Forms.Summary(form.Summary)}
            {Forms.Start(http, antiforgery, Path, ("returnUrl", form.ReturnUrl))}
            <label for="userName">{Text.Bilingual("Tên đăng nhập", "User name")}</label>
            <input id="userName" name="userName" value="{form.UserName}" maxlength="100" autocomplete="username webauthn" autocapitalize="none" spellcheck="false" required{Forms.Invalid("userName", form.UserNameError)}>
            {Forms.Message("userName", form.UserNameError)}
            <label for="password">{Text.Bilingual("Mật khẩu", "Password")}</label>
            <input id="password" name="password" type="password" maxlength="200" autocomplete="current-password" required{Forms.Invalid("password", form.PasswordError)}>
            {Forms.Message("password", form.PasswordError)}
            <button type="submit">{title}</button>
            </form>
            {PasskeyForm.Get(http, antiforgery, Path, question, form.ReturnUrl, Text.Bilingual("Đăng nhập bằng khóa truy cập", "Sign in with a passkey"), autofill: true)}
            {providers.Buttons(http, antiforgery, form.ReturnUrl)}
            <p><a href="{PageLink.To(http, RegisterPage.Path)}">{Text.Bilingual("Đăng ký tài khoản", "Register")}</a> · <a href="{PageLink.To(http, ForgotPage.Path)}">{Text.Bilingual("Quên mật khẩu", "Forgot the password")}</a></p>
            """), PasskeyScript.Path);
    }

    // The language chosen by link must survive the form being sent.
    internal static Html Culture(HttpContext http) => http.Request.Query["culture"].ToString() is "vi" or "en" ? new Html($"?culture={Page.Language}") : Html.Empty;

    private static string FirstOf(params ReadOnlySpan<string?> values)
    {
        foreach (var value in values)
        {
            if (!string.IsNullOrEmpty(value))
                return value;
        }

        return "/";
    }
}
