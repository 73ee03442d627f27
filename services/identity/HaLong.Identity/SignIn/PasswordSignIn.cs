using System.Diagnostics;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.SignIn;

/// <summary>Checks a user name and password; every outcome is counted and written down.</summary>
internal sealed class PasswordSignIn(
    IdentityDbContext db, SignInName names, SignInLimiter limiter, IPasswordHasher<Account> hasher, DummyPassword dummy, IdentityInstruments instruments, TimeProvider time)
{
    /// <summary>The account, or why not; how long to wait when locked.</summary>
    public async Task<(Result<Account> Result, TimeSpan? RetryAfter)> AttemptAsync(string userName, string password, CancellationToken ct)
    {
        var account = await db.Accounts.SingleOrDefaultAsync(names.Of(userName), ct);
        // By account where there is one: its several names must not give it several times the attempts.
        var subject = account?.Id.ToString() ?? userName;
        if (await limiter.TakeAsync(subject, ct) is { } wait)
        {
            await RecordAsync(SignInOutcome.Locked, account, ct);
            return (IdentityErrors.TooManyAttempts, wait);
        }

        // An unknown name, or an account opened through another provider, costs the same hashing: time must not tell them apart.
        var holder = account is { PasswordHash.Length: > 0 } ? account : dummy.Account;
        // Composed letters: the same Vietnamese word comes in several forms from several keyboards.
        var typed = password.Normalize();
        var verified = hasher.VerifyHashedPassword(holder, holder.PasswordHash, typed);
        var outcome = account switch
        {
            null => SignInOutcome.UnknownAccount,
            _ when verified == PasswordVerificationResult.Failed => SignInOutcome.WrongPassword,
            { IsClosed: true } => SignInOutcome.Closed,
            _ => SignInOutcome.Succeeded,
        };
        if (outcome != SignInOutcome.Succeeded || account is null)
        {
            await RecordAsync(outcome, account, ct);
            return (IdentityErrors.WrongCredentials, null);
        }

        if (verified == PasswordVerificationResult.SuccessRehashNeeded)
            account.SetPasswordHash(hasher.HashPassword(account, typed));
        await RecordAsync(outcome, account, ct);
        await limiter.ForgiveAsync(subject, ct);
        return (account, null);
    }

    private async Task RecordAsync(string outcome, Account? account, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        db.SignInRecords.Add(new SignInRecord
        {
            Id = Guid.CreateVersion7(now),
            At = now,
            Outcome = outcome,
            AccountId = account?.Id,
            TraceId = Activity.Current?.TraceId.ToString(),
        });
        await db.SaveChangesAsync(ct);
        instruments.SignIn(outcome);
    }
}

/// <summary>A password nobody has, hashed like everybody's.</summary>
internal sealed class DummyPassword
{
    public DummyPassword(IPasswordHasher<Account> hasher)
    {
        Account = Account.Register(Guid.Empty, "", "", [AccountKind.Citizen], default);
        Account.SetPasswordHash(hasher.HashPassword(Account, Guid.CreateVersion7().ToString()));
    }

    public Account Account { get; }
}
