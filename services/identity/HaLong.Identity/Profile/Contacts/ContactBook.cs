using HaLong.Identity.Codes;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.Registration;
using HaLong.Messaging;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Profile.Contacts;

/// <summary>
/// The one place where a contact point of an account changes: keeps the mark of being confirmed true, tells the old telephone or mailbox and
/// the platform. Adds rows; the caller saves.
/// </summary>
internal sealed class ContactBook(IdentityDbContext db, DirectNotices notices, TimeProvider time)
{
    /// <summary>Puts a value in the place of what was there.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="kind">One of <see cref="ContactKinds"/>.</param>
    /// <param name="value">As it is kept; null takes it away.</param>
    /// <param name="isConfirmed">True when a code sent there has come back.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task SetAsync(Account account, string kind, string? value, bool isConfirmed, CancellationToken ct)
    {
        var old = ContactValue.Of(account, kind);
        if (old is null && value is null)
            return;

        var now = time.GetUtcNow();
        var isPhone = kind == ContactKinds.Phone;
        var same = ContactValue.Same(kind, old, value);
        account.SetContactPoints(isPhone ? account.Email : value, isPhone ? value : account.Phone, account.Language);
        Mark(await db.ProfileOfAsync(account.Id, ct), isPhone, isConfirmed ? now : null);
        if (old is not null && !same)
            TellOld(account, isPhone, old);
        if (isPhone && !same)
            await MoveUserNameAsync(account, old, value, ct);
        db.Touch(account);
        db.Enqueue(new ContactPointsChanged(account.Id, kind, (old, value, same) switch
        {
            (null, _, _) => ContactPointsChanged.Added,
            (_, null, _) => ContactPointsChanged.Removed,
            (_, _, true) => ContactPointsChanged.Verified,
            _ => ContactPointsChanged.Replaced,
        }, now));
    }

    private static void Mark(AccountProfile profile, bool isPhone, DateTimeOffset? at)
    {
        if (isPhone)
            profile.PhoneConfirmedAt = at;
        else
            profile.EmailConfirmedAt = at;
    }

    // Whoever has taken somebody's account over can reach the new place, never the old one.
    private void TellOld(Account account, bool isPhone, string old)
    {
        if (!isPhone)
            notices.AddEmail(old, account.Language, NoticeTemplates.EmailChanged);
        else if (PhoneNumber.TryParse(old) is { IsMobile: true } phone)
            notices.AddSms(phone.E164, account.Language, NoticeTemplates.PhoneChanged);
    }

    // Who signs in with the telephone number signs in with the new one; where somebody else does so already, the old name stays.
    private async Task MoveUserNameAsync(Account account, string? old, string? value, CancellationToken ct)
    {
        if (PhoneNumber.TryParse(value)?.National is not { } name || PhoneNumber.TryParse(old)?.National != account.UserName)
            return;
        if (!await db.Accounts.AnyAsync(a => a.NormalizedUserName == name, ct))
            account.SignInAs(name);
    }
}
