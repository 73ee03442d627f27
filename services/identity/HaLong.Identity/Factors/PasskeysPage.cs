using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.SignIn;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.EntityFrameworkCore;
using Page = HaLong.Identity.SignIn.Page;

namespace HaLong.Identity.Factors;

/// <summary>Lists, adds and removes passkeys.</summary>
internal sealed class PasskeysPage(
    IdentityDbContext db, IAntiforgery antiforgery, PageOwners owners, PasskeyCeremony ceremony, FactorChanges changes, FactorProof proof)
{
    public const string Path = "/account/passkeys";

    private static string Title => Text.Bilingual("Khóa truy cập", "Passkeys");

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
        if (form is null)
            return await ShowAsync(http, owner, null, StatusCodes.Status400BadRequest, IdentityErrors.FormExpired, ct);
        return form.ContainsKey(PasskeyForm.Credential) ? await AddAsync(http, owner, form, ct) : await RemoveAsync(http, owner, form, ct);
    }

    private async Task<IResult> AddAsync(HttpContext http, PageOwner owner, IFormCollection form, CancellationToken ct)
    {
        var name = form["name"].ToString().Trim();
        if (name.Length is 0 or > Passkey.LongestName)
            return await ShowAsync(http, owner, form, StatusCodes.Status400BadRequest, IdentityErrors.PasskeyNameInvalid, ct);
        var (credential, state) = PasskeyForm.Read(form);
        var made = await ceremony.FinishCreationAsync(http, owner.Account, credential, state, ct);
        if (!made.IsSuccess)
            return await ShowAsync(http, owner, form, StatusCodes.Status400BadRequest, made.Error, ct);

        made.Value.Name = name;
        var added = await changes.AddPasskeyAsync(owner.Account, made.Value, ct);
        if (!added.IsSuccess)
            return await ShowAsync(http, owner, form, StatusCodes.Status409Conflict, added.Error, ct);
        await proof.ShownAsync(owner.Session, SecondStep.Key, ct);
        return RecoveryCodesPage.Show(http, added.Value, PageLink.ReturnUrl(http, form), Text.Bilingual("Đã thêm khóa truy cập", "The passkey was added"));
    }

    private async Task<IResult> RemoveAsync(HttpContext http, PageOwner owner, IFormCollection form, CancellationToken ct)
    {
        var removed = await changes.RemovePasskeyAsync(owner.Account, Guid.TryParse(form["remove"], out var id) ? id : Guid.Empty, ct);
        return removed.IsSuccess
            ? TypedResults.LocalRedirect(PageLink.To(http, Path))
            : await ShowAsync(http, owner, form, removed.Error.Kind == ErrorKind.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict, removed.Error, ct);
    }

    private async Task<IResult> ShowAsync(HttpContext http, PageOwner owner, IFormCollection? form, int status, Error? error, CancellationToken ct)
    {
        var passkeys = await db.Passkeys.AsNoTracking().Where(p => p.AccountId == owner.Account.Id).OrderBy(p => p.CreatedAt).ToListAsync(ct);
        var items = Html.Empty;
        foreach (var passkey in passkeys)
            items = Html.Of($"{items}{Item(http, passkey)}");
        var nameError = error == IdentityErrors.PasskeyNameInvalid ? error : null;
        var fields = Html.Of($"""
            <label for="name">{Text.Bilingual("Tên để bạn nhận ra thiết bị", "A name to recognise the device by")}</label>
            <input id="name" name="name" maxlength="{Passkey.LongestName.ToString(System.Globalization.CultureInfo.InvariantCulture)}" autocomplete="off" required value="{Text.Bilingual("Thiết bị của tôi", "My device")}"{Forms.Invalid("name", nameError)}>
            {Forms.Message("name", nameError)}
            """);
        var question = await ceremony.BeginCreationAsync(http, owner.Account);
        return Page.Render(http, status, Title, Html.Of($"""
            {(nameError is null ? Forms.Summary(error) : Html.Empty)}
            <p>{Text.Bilingual(
                "Khóa truy cập cho phép bạn đăng nhập bằng vân tay, khuôn mặt hoặc mã PIN của thiết bị, không cần mật khẩu.",
                "A passkey signs you in with your device's fingerprint, face or PIN, without a password.")}</p>
            <ul class="plain">{items}</ul>
            {PasskeyForm.Create(http, antiforgery, Path, question, PageLink.ReturnUrl(http, form), Text.Bilingual("Thêm khóa truy cập", "Add a passkey"), fields)}
            <noscript><p class="notice">{Text.Bilingual("Trình duyệt cần bật JavaScript để thêm khóa truy cập.", "Your browser needs JavaScript to add a passkey.")}</p></noscript>
            {SecurityPage.BackLink(http)}
            """), PasskeyScript.Path);
    }

    private Html Item(HttpContext http, Passkey passkey)
    {
        var id = "passkey-" + passkey.Id;
        return Html.Of($"""
            <li><strong id="{id}">{passkey.Name}</strong><br>{Text.Bilingual("Thêm ngày", "Added")} {PageDates.Of(passkey.CreatedAt)}{(passkey.LastUsedAt is { } used
                ? Html.Of($" · {Text.Bilingual("dùng lần cuối", "last used")} {PageDates.Of(used)}")
                : Html.Empty)}
            {Forms.Button(http, antiforgery, Path, Text.Bilingual("Gỡ", "Remove"), id, ("remove", passkey.Id.ToString()))}</li>
            """);
    }
}
