using HaLong.Identity.Domain;
using HaLong.Identity.Registration;
using HaLong.Identity.SignIn;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Antiforgery;
using Page = HaLong.Identity.SignIn.Page;

namespace HaLong.Identity.Passwords;

/// <summary>A forgotten password, as pages: plain forms, no script. No page tells whether a name has an account.</summary>
internal sealed class ForgotPage(IAntiforgery antiforgery, PasswordResets resets)
{
    public const string Path = "/account/forgot";
    public const string ConfirmPath = Path + "/confirm";
    public const string ResendPath = Path + "/resend";
    public const string DonePath = Path + "/done";

    public IResult Get(HttpContext http) => Show(http, StatusCodes.Status200OK, null, null);

    public async Task<IResult> PostAsync(HttpContext http, CancellationToken ct)
    {
        if (await Forms.ReadAsync(http, antiforgery, ct) is not { } form)
            return Show(http, StatusCodes.Status400BadRequest, null, IdentityErrors.FormExpired);

        var started = await resets.StartAsync(form["userName"], Page.Language, ct);
        return started.IsSuccess
            ? TypedResults.LocalRedirect(AccountPages.WithId(http, ConfirmPath, started.Value.ChallengeId))
            : Show(http, AccountPages.Status(http, started.Error), form, started.Error);
    }

    public IResult GetConfirm(HttpContext http, Guid id) => ShowConfirm(http, StatusCodes.Status200OK, id, null, null);

    public async Task<IResult> PostConfirmAsync(HttpContext http, Guid id, CancellationToken ct)
    {
        if (await Forms.ReadAsync(http, antiforgery, ct) is not { } form)
            return ShowConfirm(http, StatusCodes.Status400BadRequest, id, null, IdentityErrors.FormExpired);

        var result = await resets.ConfirmAsync(id, form["code"], form["password"], ct);
        return result.IsSuccess ? TypedResults.LocalRedirect(PageLink.To(http, DonePath)) : Refuse(http, id, form, result.Error);
    }

    public async Task<IResult> ResendAsync(HttpContext http, Guid id, CancellationToken ct)
    {
        if (await Forms.ReadAsync(http, antiforgery, ct) is null)
            return ShowConfirm(http, StatusCodes.Status400BadRequest, id, null, IdentityErrors.FormExpired);

        var sent = await resets.ResendAsync(id, ct);
        return sent.IsSuccess ? TypedResults.LocalRedirect(AccountPages.WithId(http, ConfirmPath, id)) : Refuse(http, id, null, sent.Error);
    }

    public static IResult Done(HttpContext http) => Page.Render(http, StatusCodes.Status200OK, Text.Bilingual("Đã đổi mật khẩu", "Password changed"), Html.Of($"""
        <p>{Text.Bilingual("Mật khẩu mới đã có hiệu lực; mọi phiên đăng nhập cũ đã kết thúc.", "The new password is in force; all earlier sessions have ended.")}</p>
        <p><a href="{PageLink.To(http, SignInPage.Path)}">{Text.Bilingual("Đăng nhập", "Sign in")}</a></p>
        """));

    private IResult Refuse(HttpContext http, Guid id, IFormCollection? form, Error error) => error.Kind == ErrorKind.NotFound
        ? AccountPages.Gone(http, Path)
        : ShowConfirm(http, AccountPages.Status(http, error), id, form, error);

    private IResult Show(HttpContext http, int status, IFormCollection? sent, Error? error)
    {
        var fields = new FormFields(sent, error);
        return Page.Render(http, status, Text.Bilingual("Quên mật khẩu", "Forgot the password"), Html.Of($"""
            {fields.Summary}
            {Forms.Start(http, antiforgery, Path)}
            {fields.Input("userName", Text.Bilingual("Tên đăng nhập, số điện thoại hoặc số định danh", "User name, telephone or personal number"), """maxlength="100" autocomplete="username" autocapitalize="none" spellcheck="false" required""")}
            <button type="submit">{Text.Bilingual("Gửi mã", "Send me a code")}</button>
            </form>
            """));
    }

    private IResult ShowConfirm(HttpContext http, int status, Guid id, IFormCollection? sent, Error? error)
    {
        var fields = new FormFields(sent, error);
        return Page.Render(http, status, Text.Bilingual("Đặt mật khẩu mới", "Choose a new password"), Html.Of($"""
            {fields.Summary}
            <p>{Text.Bilingual("Nếu có tài khoản như vậy, mã gồm 6 chữ số đã được gửi đến số điện thoại của tài khoản.", "If there is such an account, a code of 6 digits was sent to its telephone.")}</p>
            {Forms.Start(http, antiforgery, ConfirmPath + "?id=" + id)}
            {AccountPages.Code(fields)}
            {AccountPages.NewPassword(fields)}
            <button type="submit">{Text.Bilingual("Đổi mật khẩu", "Change the password")}</button>
            </form>
            {Forms.Button(http, antiforgery, ResendPath + "?id=" + id, Text.Bilingual("Gửi lại mã", "Send another code"))}
            """));
    }
}
