using HaLong.Identity.Domain;
using HaLong.Identity.SignIn;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Antiforgery;
using Page = HaLong.Identity.SignIn.Page;

namespace HaLong.Identity.Factors;

/// <summary>Sets up and removes the authenticator app.</summary>
internal sealed class AuthenticatorPage(IAntiforgery antiforgery, PageOwners owners, SecondFactors factors, FactorChanges changes, FactorProof proof)
{
    public const string Path = "/account/authenticator";

    private static string Title => Text.Bilingual("Ứng dụng xác thực", "Authenticator app");

    public async Task<IResult> GetAsync(HttpContext http, CancellationToken ct)
    {
        var (owner, elsewhere) = await owners.RequireFreshAsync(http, PageLink.Here(http), ct);
        return owner is null ? elsewhere! : await ShowAsync(http, owner, null, StatusCodes.Status200OK, null, ct); // One of the two is there.
    }

    public async Task<IResult> PostAsync(HttpContext http, CancellationToken ct)
    {
        var form = await Forms.ReadAsync(http, antiforgery, ct);
        var (owner, elsewhere) = await owners.RequireFreshAsync(http, PageLink.To(http, Path, PageLink.ReturnUrl(http, form)), ct);
        if (owner is null)
            return elsewhere!; // One of the two is there.
        return form is null
            ? await ShowAsync(http, owner, null, StatusCodes.Status400BadRequest, IdentityErrors.FormExpired, ct)
            : await ChangeAsync(http, owner, form, ct);
    }

    private async Task<IResult> ChangeAsync(HttpContext http, PageOwner owner, IFormCollection form, CancellationToken ct)
    {
        switch (form["action"].ToString())
        {
            case "start":
                var started = await changes.StartAuthenticatorAsync(owner.Account, ct);
                return started.IsSuccess
                    ? Enrol(http, started.Value, form, null, StatusCodes.Status200OK)
                    : await ShowAsync(http, owner, form, StatusCodes.Status409Conflict, started.Error, ct);
            case "confirm":
                var confirmed = await changes.ConfirmAuthenticatorAsync(owner.Account, form["code"].ToString(), ct);
                if (!confirmed.IsSuccess)
                {
                    return confirmed.Error == IdentityErrors.WrongCode && await changes.PendingAsync(owner.Account) is { Secret.Length: > 0 } pending
                        ? Enrol(http, pending, form, confirmed.Error, StatusCodes.Status400BadRequest)
                        : await ShowAsync(http, owner, form, StatusCodes.Status409Conflict, confirmed.Error, ct);
                }

                await proof.ShownAsync(owner.Session, SecondStep.Code, ct);
                return RecoveryCodesPage.Show(http, confirmed.Value, PageLink.ReturnUrl(http, form),
                    Text.Bilingual("Đã bật ứng dụng xác thực", "The authenticator app is on"));
            case "remove":
                var removed = await changes.RemoveAuthenticatorAsync(owner.Account, ct);
                return removed.IsSuccess
                    ? TypedResults.LocalRedirect(PageLink.To(http, SecurityPage.Path))
                    : await ShowAsync(http, owner, form, StatusCodes.Status404NotFound, removed.Error, ct);
            default:
                return await ShowAsync(http, owner, form, StatusCodes.Status400BadRequest, CommonErrors.BadRequest, ct);
        }
    }

    private async Task<IResult> ShowAsync(HttpContext http, PageOwner owner, IFormCollection? form, int status, Error? error, CancellationToken ct)
    {
        var has = (await factors.OfAsync(owner.Account.Id, ct)).HasAuthenticator;
        var returnUrl = PageLink.ReturnUrl(http, form);
        return Page.Render(http, status, Title, Html.Of($"""
            {Forms.Summary(error)}
            <p>{(has
                ? Text.Bilingual("Tài khoản của bạn đang dùng ứng dụng xác thực.", "Your account uses an authenticator app.")
                : Text.Bilingual(
                    "Cài một ứng dụng xác thực trên điện thoại. Mỗi lần đăng nhập, ngoài mật khẩu bạn nhập thêm mã 6 số do ứng dụng tạo.",
                    "Install an authenticator app on your phone. Besides the password you then enter 6 digits that the app shows."))}</p>
            {(has
                ? Forms.Button(http, antiforgery, Path, Text.Bilingual("Gỡ ứng dụng xác thực", "Remove the authenticator app"), "", ("action", "remove"), ("returnUrl", returnUrl))
                : Forms.Button(http, antiforgery, Path, Text.Bilingual("Bắt đầu", "Start"), "", ("action", "start"), ("returnUrl", returnUrl)))}
            {SecurityPage.BackLink(http)}
            """));
    }

    private IResult Enrol(HttpContext http, FactorChanges.Enrolment enrolment, IFormCollection form, Error? error, int status) =>
        Page.Render(http, status, Title, Html.Of($"""
            <p>{Text.Bilingual("1. Quét mã này bằng ứng dụng, hoặc nhập khóa bên dưới.", "1. Scan this code with the app, or type in the key below.")}</p>
            {QrSvg.Of(enrolment.Uri)}
            <p class="key"><span id="key-label">{Text.Bilingual("Khóa:", "Key:")}</span> <strong aria-labelledby="key-label">{InGroups(enrolment.Secret)}</strong></p>
            {Forms.Start(http, antiforgery, Path, ("action", "confirm"), ("returnUrl", PageLink.ReturnUrl(http, form)))}
            <label for="code">{Text.Bilingual("2. Nhập mã 6 số mà ứng dụng đang hiện", "2. Enter the 6 digits that the app shows")}</label>
            <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="12" spellcheck="false" required autofocus{Forms.Invalid("code", error)}>
            {Forms.Message("code", error)}
            <button type="submit">{Text.Bilingual("Bật", "Turn on")}</button>
            </form>
            """));

    private static string InGroups(string secret) => string.Join(' ', secret.Chunk(4).Select(c => new string(c)));
}
