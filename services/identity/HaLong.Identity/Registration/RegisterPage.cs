using HaLong.Identity.Consents;
using HaLong.Identity.Domain;
using HaLong.Identity.SignIn;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Antiforgery;
using Page = HaLong.Identity.SignIn.Page;

namespace HaLong.Identity.Registration;

/// <summary>Registration as pages: plain forms, no script.</summary>
internal sealed class RegisterPage(IAntiforgery antiforgery, RegistrationDesk desk, RegistrationDrafts drafts, ConsentLedger consents, TimeProvider time)
{
    public const string Path = "/account/register";
    public const string ConfirmPath = Path + "/confirm";
    public const string ResendPath = Path + "/resend";
    public const string DonePath = Path + "/done";

    public Task<IResult> GetAsync(HttpContext http, CancellationToken ct) => ShowAsync(http, StatusCodes.Status200OK, null, null, ct);

    public async Task<IResult> PostAsync(HttpContext http, CancellationToken ct)
    {
        if (await Forms.ReadAsync(http, antiforgery, ct) is not { } form)
            return await ShowAsync(http, StatusCodes.Status400BadRequest, null, IdentityErrors.FormExpired, ct);

        var request = new StartRegistration(
            form["personalNumber"], form["fullName"], form["birthDate"], form["sex"], form["phone"], form["email"], Page.Language,
            int.TryParse(form["termsVersion"], System.Globalization.CultureInfo.InvariantCulture, out var version) ? version : null, form["termsAccepted"] == "true");
        var (issued, _) = await desk.StartAsync(request, ct);
        if (issued.IsSuccess)
            return TypedResults.LocalRedirect(AccountPages.WithId(http, ConfirmPath, issued.Value.ChallengeId));
        return await ShowAsync(http, AccountPages.Status(http, issued.Error), form, issued.Error, ct);
    }

    public async Task<IResult> GetConfirmAsync(HttpContext http, Guid id, CancellationToken ct) => await desk.FindAsync(id, ct) is { } registration
        ? ShowConfirm(http, StatusCodes.Status200OK, registration, null, null)
        : AccountPages.Gone(http, Path);

    public async Task<IResult> PostConfirmAsync(HttpContext http, Guid id, CancellationToken ct)
    {
        if (await desk.FindAsync(id, ct) is not { } registration)
            return AccountPages.Gone(http, Path);
        if (await Forms.ReadAsync(http, antiforgery, ct) is not { } form)
            return ShowConfirm(http, StatusCodes.Status400BadRequest, registration, null, IdentityErrors.FormExpired);

        var result = await desk.ConfirmAsync(id, form["code"], form["userName"], form["password"], ct);
        return result.IsSuccess
            ? TypedResults.LocalRedirect(PageLink.To(http, DonePath))
            : ShowConfirm(http, AccountPages.Status(http, result.Error), registration, form, result.Error);
    }

    public async Task<IResult> ResendAsync(HttpContext http, Guid id, CancellationToken ct)
    {
        if (await desk.FindAsync(id, ct) is not { } registration)
            return AccountPages.Gone(http, Path);
        if (await Forms.ReadAsync(http, antiforgery, ct) is null)
            return ShowConfirm(http, StatusCodes.Status400BadRequest, registration, null, IdentityErrors.FormExpired);

        var sent = await desk.ResendAsync(id, ct);
        return sent.IsSuccess
            ? TypedResults.LocalRedirect(AccountPages.WithId(http, ConfirmPath, id))
            : ShowConfirm(http, AccountPages.Status(http, sent.Error), registration, null, sent.Error);
    }

    public static IResult Done(HttpContext http) => Page.Render(http, StatusCodes.Status200OK, Text.Bilingual("Đã đăng ký", "Registered"), Html.Of($"""
        <p>{Text.Bilingual("Nếu bạn chưa có tài khoản, tài khoản mới đã sẵn sàng.", "If you had no account, a new one is ready.")}</p>
        <p>{Text.Bilingual("Nếu đã có tài khoản với số định danh này, tài khoản đó được giữ nguyên và chủ tài khoản đã được báo.", "If there was an account with this personal number, it stays as it is and its owner was told.")}</p>
        <p><a href="{PageLink.To(http, SignInPage.Path)}">{Text.Bilingual("Đăng nhập", "Sign in")}</a> · <a href="{PageLink.To(http, Passwords.ForgotPage.Path)}">{Text.Bilingual("Quên mật khẩu", "Forgot the password")}</a></p>
        """));

    private async Task<IResult> ShowAsync(HttpContext http, int status, IFormCollection? sent, Error? error, CancellationToken ct)
    {
        var fields = new FormFields(sent, error);
        var terms = await consents.TextInForceAsync(ConsentPurposes.Account, ct);
        var title = Text.Bilingual("Đăng ký tài khoản", "Register");
        return Page.Render(http, status, title, Html.Of($"""
            {fields.Summary}
            {Forms.Start(http, antiforgery, Path, ("termsVersion", terms?.Version.ToString(System.Globalization.CultureInfo.InvariantCulture)))}
            {fields.Input("personalNumber", Text.Bilingual("Số định danh cá nhân", "Personal number"), """inputmode="numeric" maxlength="12" autocomplete="off" required""", Text.Bilingual("12 chữ số trên thẻ căn cước.", "12 digits on the identity card."))}
            {fields.Input("fullName", Text.Bilingual("Họ và tên", "Full name"), """maxlength="100" autocomplete="name" required""")}
            {fields.Input("birthDate", Text.Bilingual("Ngày sinh", "Birth date"), """type="date" autocomplete="bday" required""")}
            {fields.Select("sex", Text.Bilingual("Giới tính (không bắt buộc)", "Sex (may be left out)"), ("", "–"), ("male", Text.Bilingual("Nam", "Male")), ("female", Text.Bilingual("Nữ", "Female")))}
            {fields.Input("phone", Text.Bilingual("Số điện thoại di động", "Mobile number"), """type="tel" maxlength="30" autocomplete="tel" required""", Text.Bilingual("Chúng tôi gửi mã xác nhận đến số này.", "A code goes to this number."))}
            {fields.Input("email", Text.Bilingual("Thư điện tử (không bắt buộc)", "E-mail (may be left out)"), """type="email" maxlength="254" autocomplete="email" """)}
            {fields.Tick("termsAccepted", terms is null ? "" : Text.Bilingual(terms.TextVi, terms.TextEn))}
            <button type="submit">{Text.Bilingual("Gửi mã xác nhận", "Send me the code")}</button>
            </form>
            """));
    }

    private IResult ShowConfirm(HttpContext http, int status, PendingRegistration registration, IFormCollection? sent, Error? error)
    {
        var fields = new FormFields(sent, error);
        var draft = drafts.Open(registration);
        var number = PersonalNumber.TryParse(draft.PersonalNumber)!; // Checked when it was filled in.
        var warnings = number.Warnings(LocalTime.Date(time.GetUtcNow()), draft.BirthDate, draft.Sex);
        var title = Text.Bilingual("Xác nhận và đặt mật khẩu", "Confirm and choose a password");
        return Page.Render(http, status, title, Html.Of($"""
            {fields.Summary}
            {AccountPages.Warnings(warnings)}
            <p>{Text.Bilingual("Mã gồm 6 chữ số đã được gửi đến số", "A code of 6 digits was sent to")} {PhoneNumber.Mask(draft.Phone)}.</p>
            {Forms.Start(http, antiforgery, ConfirmPath + "?id=" + registration.Id)}
            {AccountPages.Code(fields)}
            {fields.Input("userName", Text.Bilingual("Tên đăng nhập (không bắt buộc)", "User name (may be left out)"), """maxlength="40" autocomplete="username" autocapitalize="none" spellcheck="false" """, Text.Bilingual("Bỏ trống: đăng nhập bằng số điện thoại hoặc số định danh.", "Without one: sign in with the telephone or personal number."))}
            {AccountPages.NewPassword(fields)}
            <button type="submit">{Text.Bilingual("Đăng ký", "Register")}</button>
            </form>
            {Forms.Button(http, antiforgery, ResendPath + "?id=" + registration.Id, Text.Bilingual("Gửi lại mã", "Send another code"))}
            """));
    }
}
