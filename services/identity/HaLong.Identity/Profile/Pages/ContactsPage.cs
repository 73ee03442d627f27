using HaLong.Identity.Domain;
using HaLong.Identity.Factors;
using HaLong.Identity.Persistence;
using HaLong.Identity.Profile.Contacts;
using HaLong.Identity.Registration;
using HaLong.Identity.SignIn;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.EntityFrameworkCore;
using Page = HaLong.Identity.SignIn.Page;

namespace HaLong.Identity.Profile.Pages;

/// <summary>Telephone and e-mail as a page: plain forms, no script.</summary>
internal sealed class ContactsPage(IAntiforgery antiforgery, PageOwners owners, IdentityDbContext db, ContactDesk desk)
{
    public const string Path = "/account/contact-points";

    private const string Remove = "remove";

    private static string Title => Text.Bilingual("Thông tin liên hệ", "Contact points");

    public async Task<IResult> GetAsync(HttpContext http, CancellationToken ct)
    {
        var (owner, elsewhere) = await owners.RequireFreshAsync(http, PageLink.Here(http), ct);
        return owner is null ? elsewhere! : await ShowAsync(http, owner.Account, StatusCodes.Status200OK, null, null, ct); // One of the two is there.
    }

    public async Task<IResult> PostAsync(HttpContext http, CancellationToken ct)
    {
        var form = await Forms.ReadAsync(http, antiforgery, ct);
        var (owner, elsewhere) = await owners.RequireFreshAsync(http, PageLink.To(http, Path), ct);
        if (owner is null)
            return elsewhere!; // One of the two is there.
        if (form is null)
            return await ShowAsync(http, owner.Account, StatusCodes.Status400BadRequest, null, IdentityErrors.FormExpired, ct);
        if (form.ContainsKey(Remove))
        {
            var removed = await desk.RemoveAsync(owner.Account, ContactKinds.Email, ct);
            return removed.IsSuccess ? Done(http) : await RefuseAsync(http, owner.Account, null, removed.Error, ct);
        }

        var kind = form["kind"].ToString();
        if (!ContactKinds.All.Contains(kind))
            return await RefuseAsync(http, owner.Account, null, ProfileErrors.ContactKindUnknown, ct);
        var started = await desk.StartAsync(owner.Account, kind, form[kind], ct);
        return started.IsSuccess
            ? TypedResults.LocalRedirect(AccountPages.WithId(http, ContactConfirmPage.Path, started.Value.ChallengeId))
            : await RefuseAsync(http, owner.Account, form, Named(started.Error, kind), ct);
    }

    public static IResult Done(HttpContext http) => TypedResults.LocalRedirect(PageLink.To(http, Path + "?done=1"));

    // The forms name their field by its kind, so that both can stand on one page.
    private static Error Named(Error error, string kind) => error with { FieldMessages = [.. error.FieldMessages.Select(m => m with { Field = kind })] };

    private Task<IResult> RefuseAsync(HttpContext http, Account account, IFormCollection? form, Error error, CancellationToken ct) =>
        ShowAsync(http, account, AccountPages.Status(http, error), form, error, ct);

    private async Task<IResult> ShowAsync(HttpContext http, Account account, int status, IFormCollection? form, Error? error, CancellationToken ct)
    {
        var points = ContactPointView.Of(account, await db.Profiles.AsNoTracking().SingleOrDefaultAsync(p => p.AccountId == account.Id, ct));
        var fields = new FormFields(form, error);
        var email = points.FirstOrDefault(p => p.Kind == ContactKinds.Email);
        return Page.Render(http, status, Title, Html.Of($"""
            {(http.Request.Query["done"] == "1" ? Html.Of($"""<p class="notice" role="status">{Text.Bilingual("Đã lưu thay đổi.", "Your change is saved.")}</p>""") : Html.Empty)}
            {fields.Summary}
            <h2>{Text.Bilingual("Số điện thoại", "Telephone")}</h2>
            {Present(points.FirstOrDefault(p => p.Kind == ContactKinds.Phone))}
            {Forms.Start(http, antiforgery, Path, ("kind", ContactKinds.Phone))}
            {fields.Input(ContactKinds.Phone, Text.Bilingual("Số di động mới", "New mobile number"), """type="tel" maxlength="30" autocomplete="tel" required""",
                Text.Bilingual("Mã xác nhận được gửi đến số mới; số cũ được báo. Nhập lại số hiện tại để xác nhận số đó.", "A code goes to the new number and the old one is told. Enter the present number to confirm it."))}
            <button type="submit">{Text.Bilingual("Gửi mã đến số này", "Send a code to this number")}</button>
            </form>
            <h2>{Text.Bilingual("Thư điện tử", "E-mail")}</h2>
            {Present(email)}
            {Forms.Start(http, antiforgery, Path, ("kind", ContactKinds.Email))}
            {fields.Input(ContactKinds.Email, Text.Bilingual("Địa chỉ thư mới", "New e-mail address"), """type="email" maxlength="254" autocomplete="email" required""")}
            <button type="submit">{Text.Bilingual("Gửi mã đến địa chỉ này", "Send a code to this address")}</button>
            </form>
            {(email is null ? Html.Empty : Forms.Button(http, antiforgery, Path, Text.Bilingual("Xóa địa chỉ thư điện tử", "Remove the e-mail address"), "", (Remove, ContactKinds.Email)))}
            {AccountPage.BackLink(http)}
            """));
    }

    private static Html Present(ContactPointView? point) => Html.Of($"""
        <p>{(point is null ? Text.Bilingual("Chưa có", "None yet") : point.Value)}{(point is null ? "" : point.IsVerified
            ? Text.Bilingual(" – đã xác nhận", " – confirmed")
            : Text.Bilingual(" – chưa xác nhận", " – not confirmed"))}</p>
        """);
}
