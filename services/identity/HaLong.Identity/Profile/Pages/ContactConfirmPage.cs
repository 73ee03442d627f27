using HaLong.Identity.Domain;
using HaLong.Identity.Factors;
using HaLong.Identity.Profile.Contacts;
using HaLong.Identity.Registration;
using HaLong.Identity.SignIn;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Antiforgery;
using Page = HaLong.Identity.SignIn.Page;

namespace HaLong.Identity.Profile.Pages;

/// <summary>Where the code that came to the new telephone or mailbox is entered.</summary>
internal sealed class ContactConfirmPage(IAntiforgery antiforgery, PageOwners owners, ContactDesk desk)
{
    public const string Path = ContactsPage.Path + "/confirm";

    private const string Again = "again";

    public Task<IResult> GetAsync(HttpContext http, Guid id, CancellationToken ct) => WithChangeAsync(http, id, change =>
        Task.FromResult(Show(http, change, StatusCodes.Status200OK, null)), ct);

    public Task<IResult> PostAsync(HttpContext http, Guid id, CancellationToken ct) => WithChangeAsync(http, id, async change =>
    {
        if (await Forms.ReadAsync(http, antiforgery, ct) is not { } form)
            return Show(http, change, StatusCodes.Status400BadRequest, IdentityErrors.FormExpired);
        if (form.ContainsKey(Again))
        {
            var sent = await desk.ResendAsync(change.AccountId, id, ct);
            return sent.IsSuccess ? Show(http, change, StatusCodes.Status200OK, null) : Show(http, change, AccountPages.Status(http, sent.Error), sent.Error);
        }

        var confirmed = await desk.ConfirmAsync(change.AccountId, id, form["code"], ct);
        return confirmed.IsSuccess ? ContactsPage.Done(http) : Show(http, change, AccountPages.Status(http, confirmed.Error), confirmed.Error);
    }, ct);

    private async Task<IResult> WithChangeAsync(HttpContext http, Guid id, Func<ContactChange, Task<IResult>> work, CancellationToken ct)
    {
        if (await owners.FindAsync(http, ct) is not { } owner)
            return TypedResults.LocalRedirect(PageLink.To(http, SignInPage.Path, ContactsPage.Path));
        return await desk.FindAsync(owner.Account.Id, id, ct) is { } change ? await work(change) : AccountPages.Gone(http, ContactsPage.Path);
    }

    private IResult Show(HttpContext http, ContactChange change, int status, Error? error)
    {
        var fields = new FormFields(null, error);
        var action = Path + "?id=" + change.Id;
        return Page.Render(http, status, Text.Bilingual("Nhập mã xác nhận", "Enter the code"), Html.Of($"""
            {fields.Summary}
            <p>{(change.Kind == ContactKinds.Phone
                ? Text.Bilingual("Mã gồm 6 chữ số đã được gửi đến số mới.", "A code of 6 digits was sent to the new number.")
                : Text.Bilingual("Mã gồm 6 chữ số đã được gửi đến địa chỉ mới.", "A code of 6 digits was sent to the new address."))}</p>
            {Forms.Start(http, antiforgery, action)}
            {AccountPages.Code(fields)}
            <button type="submit">{Text.Bilingual("Xác nhận", "Confirm")}</button>
            </form>
            {Forms.Button(http, antiforgery, action, Text.Bilingual("Gửi lại mã", "Send another code"), "", (Again, "1"))}
            {AccountPage.BackLink(http)}
            """));
    }
}
