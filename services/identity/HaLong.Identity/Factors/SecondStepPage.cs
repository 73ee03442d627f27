using HaLong.Identity.Domain;
using HaLong.Identity.SignIn;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Antiforgery;
using Page = HaLong.Identity.SignIn.Page;

namespace HaLong.Identity.Factors;

/// <summary>Asks for the second factor: <c>/account/second-step</c> in a sign-in, <c>/account/step-up</c> for more of an open session.</summary>
internal sealed class SecondStepPage(IAntiforgery antiforgery, SecondStep step, SecondFactors factors, PasskeyCeremony passkeys, SignInFlow flow)
{
    public Task<IResult> GetAsync(HttpContext http, CancellationToken ct) => ShowAsync(http, null, StatusCodes.Status200OK, null, ct);

    public async Task<IResult> PostAsync(HttpContext http, CancellationToken ct) =>
        await Forms.ReadAsync(http, antiforgery, ct) is { } form
            ? await TryAsync(http, form, ct)
            : await ShowAsync(http, null, StatusCodes.Status400BadRequest, IdentityErrors.FormExpired, ct);

    private async Task<IResult> TryAsync(HttpContext http, IFormCollection form, CancellationToken ct)
    {
        if (await step.FindAsync(http, IsStepUp(http), PageLink.ReturnUrl(http, form), ct) is not { } subject)
            return Restart(http, form);

        if (form.ContainsKey(PasskeyForm.Credential))
        {
            var (credential, state) = PasskeyForm.Read(form);
            return await step.TryPasskeyAsync(http, subject.Account, credential, state, ct)
                ? await flow.FinishAsync(http, subject.Account, subject.With(SecondStep.Key), subject.ReturnUrl, ct)
                : await ShowAsync(http, form, StatusCodes.Status401Unauthorized, IdentityErrors.PasskeyRefused, ct);
        }

        var code = form["code"].ToString().Trim();
        if (code.Length is 0 or > 40)
            return await ShowAsync(http, form, StatusCodes.Status400BadRequest, IdentityErrors.CodeMissing, ct);
        var (error, retryAfter) = await step.TryCodeAsync(subject.Account, code, IsRecovery(http, form), ct);
        if (retryAfter is { } wait)
            Forms.RetryAfter(http, wait);
        return error is null
            ? await flow.FinishAsync(http, subject.Account, subject.With(SecondStep.Code), subject.ReturnUrl, ct)
            : await ShowAsync(http, form, retryAfter is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status429TooManyRequests, error, ct);
    }

    private async Task<IResult> ShowAsync(HttpContext http, IFormCollection? form, int status, Error? error, CancellationToken ct)
    {
        if (await step.FindAsync(http, IsStepUp(http), PageLink.ReturnUrl(http, form), ct) is not { } subject)
            return Restart(http, form);
        var state = await factors.OfAsync(subject.Account.Id, ct);
        if (!state.HasAny)
            return TypedResults.LocalRedirect(PageLink.To(http, IsStepUp(http) ? SecurityPage.Path : SignInPage.Path, subject.ReturnUrl));

        var recovery = IsRecovery(http, form);
        var path = http.Request.Path.Value!; // Every request has a path.
        var title = Text.Bilingual("Xác thực bước hai", "Second step");
        var question = await passkeys.BeginRequestAsync(http, subject.Account);
        return Page.Render(http, status, title, Html.Of($"""
            {(error is null || CodeError(error) is not null ? Html.Empty : Forms.Summary(error))}
            {(recovery || state.HasAuthenticator ? CodeForm(http, path, subject.ReturnUrl, recovery, CodeError(error)) : Html.Empty)}
            {(state.Passkeys > 0 ? PasskeyForm.Get(http, antiforgery, path, question, subject.ReturnUrl, Text.Bilingual("Dùng khóa truy cập", "Use a passkey")) : Html.Empty)}
            {Others(http, path, subject, state, recovery)}
            """), state.Passkeys > 0 ? PasskeyScript.Path : null);
    }

    private Html CodeForm(HttpContext http, string path, string returnUrl, bool recovery, Error? error)
    {
        var (label, hint, input) = recovery
            ? (Text.Bilingual("Mã khôi phục", "Recovery code"), Text.Bilingual("Một trong các mã bạn đã cất giữ. Mỗi mã dùng được một lần.", "One of the codes you keep. Each works once."),
                new Html("""autocomplete="off" autocapitalize="characters" maxlength="40" """))
            : (Text.Bilingual("Mã xác thực", "Code"), Text.Bilingual("Mã 6 số đang hiện trong ứng dụng xác thực.", "The 6 digits that your authenticator app shows now."),
                new Html("""inputmode="numeric" autocomplete="one-time-code" maxlength="12" """));
        return Html.Of($"""
            {Forms.Start(http, antiforgery, path, ("returnUrl", returnUrl), ("method", recovery ? "recovery" : null))}
            <label for="code">{label}</label>
            <p class="hint" id="code-hint">{hint}</p>
            <input id="code" name="code" {input}spellcheck="false" required autofocus{(error is null ? new Html(" aria-describedby=\"code-hint\"") : Forms.Invalid("code", error))}>
            {(error is null ? Html.Empty : Html.Of($"""<p class="error" id="code-error" role="alert">{error.Message}</p>"""))}
            <button type="submit">{Text.Bilingual("Tiếp tục", "Continue")}</button>
            </form>
            """);
    }

    private static Html Others(HttpContext http, string path, SecondStep.Subject subject, FactorState state, bool recovery)
    {
        var back = IsStepUp(http) ? subject.ReturnUrl : null;
        var link = PageLink.To(http, path, back);
        var other = recovery
            ? (state.HasAuthenticator || state.Passkeys > 0 ? Html.Of($"""<li><a href="{link}">{Text.Bilingual("Dùng cách xác thực khác", "Use another second step")}</a></li>""") : Html.Empty)
            : state.RecoveryCodes > 0
                ? Html.Of($"""<li><a href="{link}{(link.Contains('?', StringComparison.Ordinal) ? "&" : "?")}method=recovery">{Text.Bilingual("Không có điện thoại bên mình? Dùng mã khôi phục", "No phone at hand? Use a recovery code")}</a></li>""")
                : Html.Empty;
        var restart = Html.Of($"""<li><a href="{PageLink.To(http, SignInPage.Path, subject.ReturnUrl)}">{Text.Bilingual("Đăng nhập lại từ đầu", "Start again")}</a></li>""");
        return Html.Of($"""<ul class="plain">{other}{restart}</ul>""");
    }

    // What was typed wrongly is said beside the field; what has to do with the whole page above it.
    private static Error? CodeError(Error? error) => error is not null
        && (error == IdentityErrors.WrongCode || error == IdentityErrors.CodeUsed || error == IdentityErrors.WrongRecoveryCode || error == IdentityErrors.CodeMissing)
        ? error
        : null;

    private static bool IsStepUp(HttpContext http) => http.Request.Path == PageOwners.StepUpPath;

    private static bool IsRecovery(HttpContext http, IFormCollection? form) => form is null ? http.Request.Query["method"] == "recovery" : form["method"] == "recovery";

    private static IResult Restart(HttpContext http, IFormCollection? form) => IsStepUp(http)
        ? TypedResults.LocalRedirect(PageLink.To(http, SignInPage.Path, PageLink.ReturnUrl(http, form)))
        : Page.Render(http, StatusCodes.Status401Unauthorized, Text.Bilingual("Hãy đăng nhập lại", "Please sign in again"), Html.Of($"""
            {Forms.Summary(IdentityErrors.SignInExpired)}
            <p><a href="{PageLink.To(http, SignInPage.Path, PageLink.ReturnUrl(http, form))}">{Text.Bilingual("Đăng nhập", "Sign in")}</a></p>
            """));
}
