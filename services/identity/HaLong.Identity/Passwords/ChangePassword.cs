using HaLong.Identity.Domain;
using HaLong.Identity.Factors;
using HaLong.Identity.Persistence;
using HaLong.Identity.SignIn;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Passwords;

/// <summary>A new password for who knows the old one. Ends every other session of the account.</summary>
internal static class ChangePassword
{
    /// <param name="CurrentPassword">The one in force.</param>
    /// <param name="NewPassword">10 to 200 characters; not a common one and not about its owner.</param>
    internal sealed record Request(string? CurrentPassword, string? NewPassword);

    public static async Task<IResult> HandleAsync(
        Request request, Caller caller, IdentityDbContext db, AccountPasswords passwords, SignInLimiter limiter, CancellationToken ct)
    {
        if (await OwnAccount.FindAsync(db, caller, ct) is not { } account)
            return IdentityErrors.AccountNotFound.ToProblem();
        if (passwords.Check(account, request.NewPassword, "newPassword") is { Count: > 0 } faults)
            return (IdentityErrors.PasswordWeak with { FieldMessages = faults }).ToProblem();

        // Who holds a stolen token must not try passwords with it.
        var subject = account.Id.ToString();
        if (await limiter.TakeAsync(subject, ct) is { } wait)
            return (IdentityErrors.TooManyAttempts with { RetryAfterSeconds = (int)Math.Ceiling(wait.TotalSeconds) }).ToProblem();
        if (!passwords.IsRight(account, request.CurrentPassword))
            return IdentityErrors.CurrentPasswordWrong.ToProblem();

        await limiter.ForgiveAsync(subject, ct);
        await passwords.ChangeAsync(account, request.NewPassword!, caller.SessionId, ct); // Checked above.
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
