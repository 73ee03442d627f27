using HaLong.Identity.Codes;
using HaLong.Identity.Domain;
using HaLong.Identity.Limits;
using HaLong.Identity.Persistence;
using HaLong.Identity.SignIn;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Passwords;

/// <summary>
/// A forgotten password is replaced with a code to the telephone on file. Known and unknown names get the same answers after the same
/// work: for a name that nobody has, a code is made that nobody gets.
/// </summary>
internal sealed class PasswordResets(
    IdentityDbContext db, SignInName names, OneTimeCodes codes, AccountPasswords passwords, PasswordRules rules, Limiter limiter, SignInLimiter signIns, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    // By name: the quota of codes per telephone must not tell which names have one.
    private static readonly LimitRule PerName = LimitRule.Quota("password-reset", 5, TimeSpan.FromHours(1));

    public async Task<Result<IssuedCode>> StartAsync(string? userName, string language, CancellationToken ct)
    {
        var name = userName?.Trim() ?? "";
        if (name.Length is 0 or > 100)
            return IdentityErrors.UserNameMissing.WithField("userName", IdentityErrors.UserNameMissing.Vi, IdentityErrors.UserNameMissing.En);

        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(names.Of(name), ct);
        if (await limiter.TakeAsync(PerName, account?.Id.ToString() ?? Account.Normalize(name), ct) is { } wait)
            return IdentityErrors.TooManyCodes with { RetryAfterSeconds = (int)Math.Ceiling(wait.TotalSeconds) };

        var phone = account is { IsClosed: false } && PhoneNumber.TryParse(account.Phone) is { IsMobile: true } mobile ? mobile.E164 : null;
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var issued = await codes.IssueAsync(CodePurposes.PasswordReset, phone, language, id.ToString(), ct);
        if (!issued.IsSuccess)
            return issued.Error;

        db.PasswordResets.Add(new PasswordReset { Id = id, AccountId = phone is null ? null : account?.Id, ChallengeId = issued.Value.ChallengeId, ExpiresAt = now + Lifetime });
        await db.SaveChangesAsync(ct);
        return issued.Value with { ChallengeId = id };
    }

    public async Task<Result<IssuedCode>> ResendAsync(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } reset)
            return IdentityErrors.CodeUnknown;
        var issued = await codes.ResendAsync(reset.ChallengeId, CodePurposes.PasswordReset, id.ToString(), ct);
        return issued.IsSuccess ? issued.Value with { ChallengeId = id } : issued;
    }

    public async Task<Result> ConfirmAsync(Guid id, string? code, string? password, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } reset)
            return IdentityErrors.CodeUnknown;
        // Rules that do not depend on whose it is come first; those that do, only for who knows the code.
        if (rules.Check(password, new PasswordOwner(null, null, null, null, null)) is { Count: > 0 } faults)
            return IdentityErrors.PasswordWeak with { FieldMessages = faults };

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var verified = await codes.VerifyAsync(reset.ChallengeId, CodePurposes.PasswordReset, id.ToString(), code ?? "", ct);
        if (!verified.IsSuccess)
            return verified;
        if (await db.Accounts.SingleOrDefaultAsync(a => a.Id == reset.AccountId && !a.IsClosed, ct) is not { } account)
            return IdentityErrors.CodeWrong;
        if (passwords.Check(account, password) is { Count: > 0 } personal)
            return IdentityErrors.PasswordWeak with { FieldMessages = personal };

        await passwords.ChangeAsync(account, password!, keep: null, ct); // Checked above.
        db.PasswordResets.Remove(reset);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        // Whoever locked the owner out by guessing has no say any more.
        await signIns.ForgiveAsync(account.Id.ToString(), ct);
        return Result.Success;
    }

    private Task<PasswordReset?> FindAsync(Guid id, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return db.PasswordResets.SingleOrDefaultAsync(r => r.Id == id && r.ExpiresAt > now, ct);
    }
}
