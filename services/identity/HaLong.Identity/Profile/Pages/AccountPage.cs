using HaLong.Identity.Domain;
using HaLong.Identity.Factors;
using HaLong.Identity.SignIn;
using HaLong.ServiceDefaults;
using Page = HaLong.Identity.SignIn.Page;

namespace HaLong.Identity.Profile.Pages;

/// <summary>The way to everything that people can do with their accounts themselves.</summary>
internal sealed class AccountPage(PageOwners owners, SecondFactors factors)
{
    public const string Path = "/account";

    private const string SessionsPath = "/account/sessions";
    private const string SignOutPath = "/account/sign-out";

    private static string Title => Text.Bilingual("Tài khoản của tôi", "My account");

    /// <summary>The way back here from one of the pages below.</summary>
    public static Html BackLink(HttpContext http) => Html.Of($"""<p><a href="{PageLink.To(http, Path)}">{Title}</a></p>""");

    public async Task<IResult> GetAsync(HttpContext http, CancellationToken ct)
    {
        if (await owners.FindAsync(http, ct) is not { } owner)
            return TypedResults.LocalRedirect(PageLink.To(http, SignInPage.Path, PageLink.Here(http)));
        var account = owner.Account;
        var state = await factors.OfAsync(account.Id, ct);
        return Page.Render(http, StatusCodes.Status200OK, Title, Html.Of($"""
            <p><strong>{account.DisplayName}</strong><br>{LevelOf(account)}</p>
            <nav aria-label="{Title}">
            <ul class="plain">
            {Item(http, ContactsPage.Path, Text.Bilingual("Thông tin liên hệ", "Contact points"), Text.Bilingual("Số điện thoại và thư điện tử", "Telephone and e-mail"))}
            {Item(http, SecurityPage.Path, Text.Bilingual("Bảo mật tài khoản", "Account security"), state.HasAny
                ? Text.Bilingual("Xác thực hai bước đang bật", "A second step is on")
                : Text.Bilingual("Chưa có bước xác thực thứ hai", "No second step yet"))}
            {Item(http, PasskeysPage.Path, Text.Bilingual("Khóa truy cập", "Passkeys"), Text.Bilingual("Đăng nhập bằng vân tay, khuôn mặt hoặc mã PIN của thiết bị", "Sign in with finger, face or PIN of the device"))}
            {Item(http, AuthenticatorPage.Path, Text.Bilingual("Ứng dụng xác thực", "Authenticator app"), Text.Bilingual("Mã sáu chữ số trên điện thoại", "Codes of six digits on your telephone"))}
            {Item(http, Passwords.ForgotPage.Path, Text.Bilingual("Đặt mật khẩu mới", "Choose a new password"), Text.Bilingual("Bằng mã gửi đến điện thoại", "With a code to your telephone"))}
            {Item(http, SessionsPath, Text.Bilingual("Các phiên đăng nhập", "Where you are signed in"), Text.Bilingual("Xem và đăng xuất từng thiết bị", "See every device and sign it out"))}
            {Item(http, SignOutPath, Text.Bilingual("Đăng xuất", "Sign out"), Text.Bilingual("Khỏi thiết bị này", "On this device"))}
            </ul>
            </nav>
            """));
    }

    private static Html Item(HttpContext http, string path, string text, string hint) =>
        Html.Of($"""<li><a href="{PageLink.To(http, path)}">{text}</a><br><span class="hint">{hint}</span></li>""");

    private static string LevelOf(Account account) => account.Kind switch
    {
        AccountKind.Citizen when account.Level >= 2 => Text.Bilingual("Công dân, đã xác minh (mức 2)", "Citizen, verified (level 2)"),
        AccountKind.Citizen => Text.Bilingual("Công dân, tự đăng ký (mức 1)", "Citizen, self-registered (level 1)"),
        AccountKind.Organisation => Text.Bilingual("Tổ chức", "Organisation"),
        AccountKind.Helper => Text.Bilingual("Người hỗ trợ", "Helper"),
        _ => Text.Bilingual("Cán bộ", "Official"),
    };
}
