using System.Globalization;
using HaLong.Identity.Domain;
using HaLong.Identity.Sessions;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Antiforgery;

namespace HaLong.Identity.SignIn;

/// <summary>The page where people sign in: a plain form, no script.</summary>
internal static class SignInPage
{
    private sealed record Form(string UserName, string ReturnUrl, Error? Summary = null, Error? UserNameError = null, Error? PasswordError = null);

    public static IResult Get(HttpContext http, IAntiforgery antiforgery, string? returnUrl)
    {
        returnUrl ??= "/";
        return LocalUrl.IsLocal(returnUrl)
            ? Show(http, antiforgery, StatusCodes.Status200OK, new Form("", returnUrl))
            : IdentityErrors.ReturnUrlNotLocal.ToProblem();
    }

    public static async Task<IResult> PostAsync(HttpContext http, IAntiforgery antiforgery, PasswordSignIn signIn, SessionCookie sessions, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType)
            return Show(http, antiforgery, StatusCodes.Status400BadRequest, new Form("", "/", IdentityErrors.FormExpired));

        var input = await http.Request.ReadFormAsync(ct);
        var userName = input["userName"].ToString().Trim();
        var password = input["password"].ToString();
        var returnUrl = FirstOf(input["returnUrl"], http.Request.Query["returnUrl"], "/");
        if (!LocalUrl.IsLocal(returnUrl))
            return IdentityErrors.ReturnUrlNotLocal.ToProblem();

        var form = new Form(userName, returnUrl);
        if (!await antiforgery.IsRequestValidAsync(http))
            return Show(http, antiforgery, StatusCodes.Status400BadRequest, form with { Summary = IdentityErrors.FormExpired });

        if (userName.Length is 0 or > 100 || password.Length is 0 or > 200)
        {
            return Show(http, antiforgery, StatusCodes.Status400BadRequest, form with
            {
                UserNameError = userName.Length is 0 or > 100 ? IdentityErrors.UserNameMissing : null,
                PasswordError = password.Length is 0 or > 200 ? IdentityErrors.PasswordMissing : null,
            });
        }

        var (result, retryAfter) = await signIn.AttemptAsync(userName, password, ct);
        if (!result.IsSuccess)
        {
            if (retryAfter is { } wait)
                http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Show(http, antiforgery, retryAfter is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status429TooManyRequests,
                form with { Summary = result.Error });
        }

        var account = result.Value;
        await sessions.StartAsync(http, account, new SignInProof(["pwd"], Caller.BasicAcr, account.Level), ct);
        return TypedResults.LocalRedirect(returnUrl);
    }

    private static IResult Show(HttpContext http, IAntiforgery antiforgery, int status, Form form)
    {
        var tokens = antiforgery.GetAndStoreTokens(http);
        var title = Text.Bilingual("Đăng nhập", "Sign in");
        return Page.Render(http, status, title, Html.Of($"""
            {Summary(form.Summary)}
            <form method="post" action="/account/sign-in{Culture(http)}" novalidate>
            <input type="hidden" name="{tokens.FormFieldName}" value="{tokens.RequestToken}">
            <input type="hidden" name="returnUrl" value="{form.ReturnUrl}">
            <label for="userName">{Text.Bilingual("Tên đăng nhập", "User name")}</label>
            <input id="userName" name="userName" value="{form.UserName}" maxlength="100" autocomplete="username" autocapitalize="none" spellcheck="false" required{Invalid("userName", form.UserNameError)}>
            {Message("userName", form.UserNameError)}
            <label for="password">{Text.Bilingual("Mật khẩu", "Password")}</label>
            <input id="password" name="password" type="password" maxlength="200" autocomplete="current-password" required{Invalid("password", form.PasswordError)}>
            {Message("password", form.PasswordError)}
            <button type="submit">{title}</button>
            </form>
            """));
    }

    // The language chosen by link must survive the form being sent.
    internal static Html Culture(HttpContext http) => http.Request.Query["culture"].ToString() is "vi" or "en" ? new Html($"?culture={Page.Language}") : Html.Empty;

    private static Html Summary(Error? error) =>
        error is null ? Html.Empty : Html.Of($"""<p class="summary" role="alert">{error.Message}</p>""");

    private static Html Invalid(string field, Error? error) =>
        error is null ? Html.Empty : Html.Of($""" aria-invalid="true" aria-describedby="{field}-error" """);

    private static Html Message(string field, Error? error) =>
        error is null ? Html.Empty : Html.Of($"""<p class="error" id="{field}-error">{error.Message}</p>""");

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
