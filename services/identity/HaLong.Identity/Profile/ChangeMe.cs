using HaLong.Identity.Domain;
using HaLong.Identity.Factors;
using HaLong.Identity.Features;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Identity.Registration;
using HaLong.Identity.Sessions;
using HaLong.Identity.Staff;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Profile;

/// <summary><c>PATCH /api/v1/me</c>: what a person may change of the own account. What was verified is changed by a request to correct it.</summary>
internal static class ChangeMe
{
    /// <summary>What a patch may hold; every field may be left out.</summary>
    /// <param name="DisplayName">Full name; only while nobody has verified it.</param>
    /// <param name="BirthDate">yyyy-MM-dd; only while nobody has verified it.</param>
    /// <param name="Sex">male, female or null.</param>
    /// <param name="Language">vi or en.</param>
    internal sealed record Patch(string? DisplayName, DateOnly? BirthDate, string? Sex, string? Language);

    public static async Task<IResult> HandleAsync(
        Caller caller, IdentityDbContext db, Revocations revocations, PersonalNumbers numbers, StaffDirectory staff, TimeProvider time, HttpContext http, CancellationToken ct)
    {
        var read = await MergePatch.ReadAsync(http.Request, IdentityErrors.ProfileNotValid, ct);
        if (!read.IsSuccess)
            return read.Error.ToProblem();
        await using var transaction = await db.LockAccountAsync(caller.AccountId, ct);
        if (await OwnAccount.FindAsync(db, caller, ct) is not { } account)
            return IdentityErrors.AccountNotFound.ToProblem();
        if (Etag.Check(http.Request, account.Version) is { } stale)
            return stale.ToProblem();
        var refused = Apply(read.Value, account, await db.ProfileOfAsync(account.Id, ct), LocalTime.Date(time.GetUtcNow()));
        if (refused is not null)
            return refused.ToProblem();

        // Tokens carry the name.
        if (db.Entry(account).Property(a => a.DisplayName).IsModified)
            revocations.RightsChanged(account);
        db.Touch(account);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return await GetMe.HandleAsync(caller, db, numbers, staff, time, http, ct);
    }

    /// <summary>Makes the changes; the refusal when one of them may not be.</summary>
    internal static Error? Apply(MergePatch patch, Account account, AccountProfile profile, DateOnly today)
    {
        CheckFields(patch);
        var name = patch.Has("displayName") ? PersonName.Clean(patch.Text("displayName")) : account.DisplayName;
        if (name is null)
            patch.Refuse("displayName", "Hãy nhập họ và tên như trên căn cước.", "Enter the full name as on the identity card.");
        var birth = patch.Has("birthDate") ? Births.Parse(patch.Text("birthDate"), today) : account.BirthDate;
        if (birth is null && patch.Has("birthDate"))
            patch.Refuse("birthDate", "Ngày sinh có dạng năm-tháng-ngày và không ở tương lai.", "The birth date looks like 1985-04-12 and is not in the future.");
        var sex = patch.Has("sex") ? patch.Text("sex") : profile.Sex;
        if (sex is not (null or PersonalNumber.Male or PersonalNumber.Female))
            patch.Refuse("sex", "Giới tính là male hoặc female.", "The sex is male or female.");
        var language = patch.Has("language") ? patch.Text("language") : account.Language;
        if (language is not ("vi" or "en"))
            patch.Refuse("language", "Ngôn ngữ là vi hoặc en.", "The language is vi or en.");
        if (patch.Refusal is { } refusal)
            return refusal;
        if (name != account.DisplayName || birth != account.BirthDate)
        {
            if (account.Kind != AccountKind.Citizen)
                return ProfileErrors.NameKeptElsewhere;
            if (account.Level >= 2)
                return IdentityErrors.VerifiedNameFixed;
        }

        if (name != account.DisplayName)
            account.Rename(name!); // A missing one was refused.
        account.SetBirthDate(birth);
        account.SetContactPoints(account.Email, account.Phone, language!); // Likewise.
        profile.Sex = sex;
        return null;
    }

    private static void CheckFields(MergePatch patch)
    {
        patch.Only("displayName", "birthDate", "sex", "language", "personalNumber", "email", "phone");
        if (patch.Has("personalNumber"))
            patch.Refuse("personalNumber", "Số định danh chỉ được sửa theo yêu cầu chỉnh sửa dữ liệu.", "The personal number is changed only by a request to correct data.");
        foreach (var contact in (string[])["email", "phone"])
        {
            if (patch.Has(contact))
                patch.Refuse(contact, "Đổi tại /api/v1/me/contact-points, có mã xác nhận.", "It is changed at /api/v1/me/contact-points, with a code.");
        }
    }
}
