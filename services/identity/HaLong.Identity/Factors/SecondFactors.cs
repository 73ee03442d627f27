using HaLong.Identity.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Factors;

/// <summary>What an account can prove itself with beside its password.</summary>
/// <param name="AuthenticatorSince">When an authenticator app was confirmed; null without one.</param>
/// <param name="Passkeys">How many passkeys.</param>
/// <param name="RecoveryCodes">How many recovery codes are left.</param>
internal sealed record FactorState(DateTimeOffset? AuthenticatorSince, int Passkeys, int RecoveryCodes)
{
    public bool HasAuthenticator => AuthenticatorSince is not null;

    public bool HasAny => HasAuthenticator || Passkeys > 0;
}

internal sealed class SecondFactors(IdentityDbContext db)
{
    public Task<FactorState> OfAsync(Guid accountId, CancellationToken ct) => db.Accounts.Where(a => a.Id == accountId)
        .Select(a => new FactorState(
            db.Authenticators.Where(x => x.AccountId == accountId).Select(x => x.ConfirmedAt).FirstOrDefault(),
            db.Passkeys.Count(p => p.AccountId == accountId),
            db.RecoveryCodes.Count(c => c.AccountId == accountId && c.UsedAt == null)))
        .SingleAsync(ct);
}
