using System.Globalization;
using HaLong.Identity.Domain;
using HaLong.Identity.Federation;
using HaLong.Identity.SignIn;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Antiforgery;
using Page = HaLong.Identity.SignIn.Page;

namespace HaLong.Identity.Factors;

/// <summary>How the account is signed in to, at a glance; whoever needs a second factor for something is sent here to get one.</summary>
internal sealed class SecurityPage(IAntiforgery antiforgery, PageOwners owners, SecondFactors factors, Providers providers, LinkedProviders linked)
{
    public const string Path = "/account/security";

    private static string Title => Text.Bilingual("Bảo mật tài khoản", "Account security");

    public static Html BackLink(HttpContext http) =>
        Html.Of($"""<p><a href="{PageLink.To(http, Path, PageLink.ReturnUrl(http))}">{Title}</a></p>""");

    public async Task<IResult> GetAsync(HttpContext http, CancellationToken ct) => await owners.FindAsync(http, ct) is { } owner
        ? await ShowAsync(http, owner, StatusCodes.Status200OK, null, ct)
        : TypedResults.LocalRedirect(PageLink.To(http, SignInPage.Path, PageLink.Here(http)));

    /// <summary>Unlinks a provider; everything else has a page of its own.</summary>
    public async Task<IResult> PostAsync(HttpContext http, CancellationToken ct)
    {
        var form = await Forms.ReadAsync(http, antiforgery, ct);
        var (owner, elsewhere) = await owners.RequireFreshAsync(http, PageLink.To(http, Path), ct);
        if (owner is null)
            return elsewhere!; // One of the two is there.
        if (form is null)
            return await ShowAsync(http, owner, StatusCodes.Status400BadRequest, IdentityErrors.FormExpired, ct);
        var unlinked = await linked.UnlinkAsync(owner.Account, Guid.TryParse(form["unlink"], out var id) ? id : Guid.Empty, ct);
        return unlinked.IsSuccess
            ? TypedResults.LocalRedirect(PageLink.To(http, Path))
            : await ShowAsync(http, owner, unlinked.Error.Kind == ErrorKind.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict, unlinked.Error, ct);
    }

    private async Task<IResult> ShowAsync(HttpContext http, PageOwner owner, int status, Error? error, CancellationToken ct)
    {
        var state = await factors.OfAsync(owner.Account.Id, ct);
        var returnUrl = PageLink.ReturnUrl(http);
        var linkedProviders = await LinkedAsync(http, owner, ct);
        return Page.Render(http, status, Title, Html.Of($"""
            {Forms.Summary(error)}
            {(returnUrl is not null && !state.HasAny ? Why() : Html.Empty)}
            <ul class="plain">
            <li><a href="{PageLink.To(http, AuthenticatorPage.Path, returnUrl)}">{Text.Bilingual("Ứng dụng xác thực", "Authenticator app")}</a>:
            {(state.HasAuthenticator ? Text.Bilingual("đang bật", "on") : Text.Bilingual("chưa bật", "off"))}</li>
            <li><a href="{PageLink.To(http, PasskeysPage.Path, returnUrl)}">{Text.Bilingual("Khóa truy cập", "Passkeys")}</a>:
            {state.Passkeys.ToString(CultureInfo.InvariantCulture)}</li>
            {(state.HasAny ? Html.Of($"""
                <li><a href="{PageLink.To(http, RecoveryCodesPage.Path)}">{Text.Bilingual("Mã khôi phục", "Recovery codes")}</a>:
                {Text.Bilingual("còn", "left")} {state.RecoveryCodes.ToString(CultureInfo.InvariantCulture)}</li>
                """) : Html.Empty)}
            </ul>
            {linkedProviders}
            {(returnUrl is not null && state.HasAny ? Html.Of($"""<p><a href="{returnUrl}">{Text.Bilingual("Tiếp tục", "Continue")}</a></p>""") : Html.Empty)}
            """));
    }

    private static Html Why() => Html.Of($"""
        <p class="notice" role="status">{Text.Bilingual(
            "Việc bạn muốn làm cần một bước xác thực nữa ngoài mật khẩu. Hãy bật ứng dụng xác thực hoặc thêm khóa truy cập, rồi bạn sẽ được đưa trở lại.",
            "What you want to do needs a second step besides your password. Turn on an authenticator app or add a passkey; you are then taken back.")}</p>
        """);

    private async Task<Html> LinkedAsync(HttpContext http, PageOwner owner, CancellationToken ct)
    {
        var logins = await linked.OfAsync(owner.Account.Id, ct);
        var items = Html.Empty;
        foreach (var login in logins)
        {
            var id = "provider-" + login.Id;
            items = Html.Of($"""
                {items}<li><strong id="{id}">{providers.NameOf(login.Provider)}</strong><br>{Text.Bilingual("Liên kết ngày", "Linked")} {PageDates.Of(login.LinkedAt)}
                {Forms.Button(http, antiforgery, Path, Text.Bilingual("Bỏ liên kết", "Unlink"), id, ("unlink", login.Id.ToString()))}</li>
                """);
        }

        var linkable = providers.LinkButtons(http, antiforgery, logins);
        return items == Html.Empty && linkable == Html.Empty ? Html.Empty : Html.Of($"""
            <h2>{Text.Bilingual("Tài khoản liên kết", "Linked providers")}</h2>
            <ul class="plain">{items}</ul>
            {linkable}
            """);
    }
}
