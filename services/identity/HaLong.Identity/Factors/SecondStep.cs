using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using HaLong.Identity.SignIn;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Identity;

namespace HaLong.Identity.Factors;

/// <summary>Checks the second factor, in a sign-in or for more of a session that is open already.</summary>
internal sealed class SecondStep(
    IdentityDbContext db, SecondStepCookie pending, PageOwners owners, AuthenticatorCodes codes, UserManager<Account> users, SignInLimiter limiter,
    PasskeyCeremony passkeys, SignInLog log, SecurityNotices notices)
{
    public const string Code = "otp";
    public const string Key = "hwk";

    /// <summary>Who stands at the second step.</summary>
    /// <param name="Account">The account.</param>
    /// <param name="First">What was shown before.</param>
    /// <param name="ReturnUrl">Where it leads.</param>
    internal sealed record Subject(Account Account, SignInProof First, string ReturnUrl)
    {
        public SignInProof With(string method) => new([.. First.Methods.Append(method).Distinct()], Caller.StrongAcr, First.Assurance);
    }

    public async Task<Subject?> FindAsync(HttpContext http, bool stepUp, string? returnUrl, CancellationToken ct)
    {
        if (stepUp)
        {
            return await owners.FindAsync(http, ct) is { } owner
                ? new Subject(owner.Account, new SignInProof([], Caller.BasicAcr, owner.Session.Assurance), returnUrl ?? "/account/security")
                : null;
        }

        return await pending.FindAsync(http, ct) is { } half ? new Subject(half.Account, half.Proof, half.ReturnUrl) : null;
    }

    /// <summary>Null when the code was right; else why not, and how long to wait when there were too many.</summary>
    public async Task<(Error? Error, TimeSpan? RetryAfter)> TryCodeAsync(Account account, string code, bool recovery, CancellationToken ct)
    {
        // Counted apart from passwords: else who knows the password would wipe the count by typing it again.
        var key = "second-step:" + account.Id;
        if (await limiter.TakeAsync(key, ct) is { } wait)
            return (await RefuseAsync(account, StepOutcome.SecondStepLocked, IdentityErrors.TooManyAttempts, ct), wait);

        var refusal = recovery ? await TryRecoveryAsync(account, code, ct) : await TryAuthenticatorAsync(account, code, ct);
        if (refusal is null)
            await limiter.ForgiveAsync(key, ct);
        return (refusal, null);
    }

    /// <summary>True when the passkey is one of this account's and answered the challenge.</summary>
    public async Task<bool> TryPasskeyAsync(HttpContext http, Account account, string credential, string state, CancellationToken ct) =>
        await passkeys.FinishRequestAsync(http, account, credential, state, ct) is not null;

    private async Task<Error?> TryAuthenticatorAsync(Account account, string code, CancellationToken ct)
    {
        switch (await codes.RedeemAsync(account.Id, code, ct))
        {
            case CodeCheck.Wrong:
                return await RefuseAsync(account, StepOutcome.WrongCode, IdentityErrors.WrongCode, ct);
            case CodeCheck.Replayed:
                return await RefuseAsync(account, StepOutcome.CodeReplayed, IdentityErrors.CodeUsed, ct);
            default:
                log.Add(StepOutcome.CodeAccepted, account.Id);
                await db.SaveChangesAsync(ct);
                return null;
        }
    }

    private async Task<Error?> TryRecoveryAsync(Account account, string code, CancellationToken ct)
    {
        if (!(await users.RedeemTwoFactorRecoveryCodeAsync(account, code)).Succeeded)
            return await RefuseAsync(account, StepOutcome.WrongCode, IdentityErrors.WrongRecoveryCode, ct);
        log.Add(StepOutcome.RecoveryCodeUsed, account.Id);
        notices.Add(account.Id, SecurityChange.RecoveryCodeUsed);
        await db.SaveChangesAsync(ct);
        return null;
    }

    private async Task<Error> RefuseAsync(Account account, string outcome, Error error, CancellationToken ct)
    {
        log.Add(outcome, account.Id);
        await db.SaveChangesAsync(ct);
        return error;
    }
}
