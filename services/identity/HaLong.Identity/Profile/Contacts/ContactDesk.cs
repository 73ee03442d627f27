using System.Text;
using HaLong.Identity.Codes;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Limits;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaLong.Identity.Profile.Contacts;

/// <summary>
/// Adds, replaces and removes contact points, for pages and API alike. Whether a number or address belongs to somebody else's account is never
/// looked at: members of a family share a telephone, and nobody learns who has an account.
/// </summary>
internal sealed class ContactDesk(IdentityDbContext db, OneTimeCodes codes, ContactBook book, KeyVault vault, Limiter limiter, TimeProvider time)
{
    private const string Vault = "contact-changes";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    // Strangers' telephones must not ring because somebody is signed in here.
    private static readonly LimitRule PerAccount = LimitRule.Quota("contact-change", 10, TimeSpan.FromHours(1));

    /// <summary>Sends a code to the new place; nothing of the account changes before it comes back.</summary>
    /// <param name="account">Whose; tracked.</param>
    /// <param name="kind">One of <see cref="ContactKinds"/>.</param>
    /// <param name="text">Number or address as typed. What is there already is confirmed by it.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task<Result<IssuedCode>> StartAsync(Account account, string kind, string? text, CancellationToken ct)
    {
        var parsed = ContactValue.Parse(kind, text);
        if (!parsed.IsSuccess)
            return parsed.Error;
        var present = ContactPointView.Of(account, await db.Profiles.AsNoTracking().SingleOrDefaultAsync(p => p.AccountId == account.Id, ct)).FirstOrDefault(c => c.Kind == kind);
        if (present is { IsVerified: true } && ContactValue.Same(kind, present.Value, parsed.Value))
            return ProfileErrors.SameContact;
        if (await limiter.TakeAsync(PerAccount, account.Id.ToString(), ct) is { } wait)
            return IdentityErrors.TooManyCodes with { RetryAfterSeconds = (int)Math.Ceiling(wait.TotalSeconds) };

        await using var transaction = await db.LockAccountAsync(account.Id, ct);
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var issued = kind == ContactKinds.Phone
            ? await codes.IssueAsync(CodePurposes.ContactPhone, parsed.Value, account.Language, id.ToString(), ct)
            : await codes.IssueByEmailAsync(CodePurposes.ContactEmail, parsed.Value, account.Language, id.ToString(), ct);
        if (!issued.IsSuccess)
            return issued.Error;
        await db.ContactChanges.Where(c => c.AccountId == account.Id && c.Kind == kind).ExecuteDeleteAsync(ct);
        db.ContactChanges.Add(new ContactChange
        {
            Id = id,
            AccountId = account.Id,
            Kind = kind,
            SealedTarget = vault.Seal(Vault, id.ToString("N"), Encoding.UTF8.GetBytes(parsed.Value)),
            ChallengeId = issued.Value.ChallengeId,
            ExpiresAt = now + Lifetime,
        });
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return issued.Value with { ChallengeId = id };
    }

    public async Task<Result<IssuedCode>> ResendAsync(Guid accountId, Guid id, CancellationToken ct)
    {
        if (await FindAsync(accountId, id, ct) is not { } change)
            return IdentityErrors.CodeUnknown;
        var issued = await codes.ResendAsync(change.ChallengeId, PurposeOf(change), id.ToString(), ct);
        return issued.IsSuccess ? issued.Value with { ChallengeId = id } : issued;
    }

    /// <summary>The code came back: the new place takes effect, the old one is told. Closing the account and other changes wait meanwhile.</summary>
    public async Task<Result> ConfirmAsync(Guid accountId, Guid id, string? code, CancellationToken ct)
    {
        await using var transaction = await db.LockAccountAsync(accountId, ct);
        if (await db.Accounts.SingleOrDefaultAsync(a => a.Id == accountId && !a.IsClosed, ct) is not { } account)
            return IdentityErrors.AccountNotFound;
        // A page has read it before the lock.
        await db.Entry(account).ReloadAsync(ct);
        if (await FindAsync(accountId, id, ct) is not { } change)
            return IdentityErrors.CodeUnknown;
        var verified = await codes.VerifyAsync(change.ChallengeId, PurposeOf(change), id.ToString(), code ?? "", ct);
        if (!verified.IsSuccess)
            return verified;

        await book.SetAsync(account, change.Kind, Encoding.UTF8.GetString(vault.Open(Vault, id.ToString("N"), change.SealedTarget)), isConfirmed: true, ct);
        db.ContactChanges.Remove(change);
        await SaveAsync(account, ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return Result.Success;
    }

    /// <summary>Takes the mailbox away. A telephone can only be replaced.</summary>
    public async Task<Result> RemoveAsync(Account account, string kind, CancellationToken ct)
    {
        if (kind == ContactKinds.Phone && account.Phone is not null)
            return ProfileErrors.PhoneNeeded;
        if (!ContactKinds.All.Contains(kind) || ContactValue.Of(account, kind) is null)
            return ProfileErrors.ContactNotFound;
        await book.SetAsync(account, kind, null, isConfirmed: false, ct);
        await db.SaveChangesAsync(ct);
        return Result.Success;
    }

    public Task<ContactChange?> FindAsync(Guid accountId, Guid id, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return db.ContactChanges.SingleOrDefaultAsync(c => c.Id == id && c.AccountId == accountId && c.ExpiresAt > now, ct);
    }

    private async Task SaveAsync(Account account, CancellationToken ct)
    {
        var before = db.Entry(account).Property(a => a.UserName).OriginalValue;
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } && account.UserName != before)
        {
            // Somebody has registered with this number as name at this very moment: then the old name stays.
            account.SignInAs(before);
            await db.SaveChangesAsync(ct);
        }
    }

    private static string PurposeOf(ContactChange change) => change.Kind == ContactKinds.Phone ? CodePurposes.ContactPhone : CodePurposes.ContactEmail;
}
