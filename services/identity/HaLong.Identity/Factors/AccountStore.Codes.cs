using System.Text;
using HaLong.Identity.Domain;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Factors;

// Authenticator keys and recovery codes.
internal sealed partial class AccountStore : IUserAuthenticatorKeyStore<Account>, IUserTwoFactorRecoveryCodeStore<Account>
{
    /// <summary>Begins an enrolment anew. A confirmed authenticator stays as it is: it must be removed first.</summary>
    public async Task SetAuthenticatorKeyAsync(Account user, string key, CancellationToken cancellationToken)
    {
        var box = vault.Seal(Authenticator.SealPurpose, user.Id.ToString(), Encoding.ASCII.GetBytes(key));
        var now = time.GetUtcNow();
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO authenticator AS a (account_id, sealed, started_at, last_step) VALUES ({user.Id}, {box}, {now}, 0)
            ON CONFLICT (account_id) DO UPDATE SET sealed = excluded.sealed, started_at = excluded.started_at WHERE a.confirmed_at IS NULL
            """, cancellationToken);
    }

    public async Task<string?> GetAuthenticatorKeyAsync(Account user, CancellationToken cancellationToken)
    {
        var box = await db.Authenticators.Where(a => a.AccountId == user.Id).Select(a => a.Sealed).SingleOrDefaultAsync(cancellationToken);
        return box is null ? null : Encoding.ASCII.GetString(vault.Open(Authenticator.SealPurpose, user.Id.ToString(), box));
    }

    public async Task ReplaceCodesAsync(Account user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await db.RecoveryCodes.Where(c => c.AccountId == user.Id).ExecuteDeleteAsync(cancellationToken);
        db.RecoveryCodes.AddRange(recoveryCodes.Select(code => new RecoveryCode { AccountId = user.Id, Hash = HashOf(user, code), CreatedAt = now }));
    }

    /// <summary>One statement finds the code unused and marks it: of several requests at the same moment one succeeds.</summary>
    public async Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken)
    {
        var hash = HashOf(user, code);
        var now = time.GetUtcNow();
        return await db.RecoveryCodes.Where(c => c.AccountId == user.Id && c.Hash == hash && c.UsedAt == null)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.UsedAt, now), cancellationToken) == 1;
    }

    public Task<int> CountCodesAsync(Account user, CancellationToken cancellationToken) =>
        db.RecoveryCodes.CountAsync(c => c.AccountId == user.Id && c.UsedAt == null, cancellationToken);

    // Typed from paper: case, spaces and dashes do not matter. Bound to the account, so equal codes of two people look different.
    private byte[] HashOf(Account user, string code) => vault.Index(RecoveryCode.HashPurpose,
        Encoding.UTF8.GetBytes(user.Id + ":" + string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant()));
}
