using HaLong.Identity.Codes;
using HaLong.Identity.Consents;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Profile.Closing;

/// <summary>Where an account was reached before it closed: its owner hears of it there.</summary>
internal sealed record LastReach(string? Phone, string? Email)
{
    public static LastReach Of(Account account) => new(account.Phone, account.Email);
}

/// <summary>
/// What closing an account does, whoever asked for it: every way in is taken away, sessions end and tokens are void, contact points and user
/// name are released, and the personal number can be registered anew. History, records of access and the sealed number stay for as long as
/// retention keeps them. In the caller's transaction; the caller saves.
/// </summary>
internal sealed class AccountClosing(
    IdentityDbContext db, Revocations revocations, DirectNotices notices, ConsentLedger consents, Caller caller, TimeProvider time)
{
    public async Task FinishAsync(Account account, LastReach reach, string reason, CancellationToken ct)
    {
        var id = account.Id;
        await db.Passkeys.Where(p => p.AccountId == id).ExecuteDeleteAsync(ct);
        await db.Authenticators.Where(a => a.AccountId == id).ExecuteDeleteAsync(ct);
        await db.RecoveryCodes.Where(c => c.AccountId == id).ExecuteDeleteAsync(ct);
        await db.ExternalLogins.Where(l => l.AccountId == id).ExecuteDeleteAsync(ct);
        await db.ContactChanges.Where(c => c.AccountId == id).ExecuteDeleteAsync(ct);
        await db.PasswordResets.Where(r => r.AccountId == id).ExecuteDeleteAsync(ct);
        await WithdrawConsentsAsync(id, "account-closure", ct);
        var profile = await db.ProfileOfAsync(id, ct);
        (profile.PhoneConfirmedAt, profile.EmailConfirmedAt) = (null, null);
        account.CloseForGood();
        await revocations.EndAllAsync(id, EndReasons.AccountClosed, keep: null, ct);
        revocations.RightsChanged(account);
        if (PhoneNumber.TryParse(reach.Phone) is { IsMobile: true } phone)
            notices.AddSms(phone.E164, account.Language, NoticeTemplates.AccountClosed);
        if (reach.Email is { } email)
            notices.AddEmail(email, account.Language, NoticeTemplates.AccountClosed);
        db.Enqueue(new AccountClosed(id, account.Kind, reason, time.GetUtcNow()));
    }

    /// <summary>Withdraws what the person had agreed to; returns how much.</summary>
    public async Task<int> WithdrawConsentsAsync(Guid accountId, string evidence, CancellationToken ct)
    {
        var given = (await consents.StandingsAsync(accountId, ct)).Where(s => s.State is "given" or "outdated").ToList();
        foreach (var standing in given)
        {
            await consents.RecordAsync(accountId, standing.Text.Purpose, standing.Text.Version, granted: false,
                new ConsentProof(caller.Channel, caller.SessionId, caller.ActorId, evidence), ct);
        }

        return given.Count;
    }
}
