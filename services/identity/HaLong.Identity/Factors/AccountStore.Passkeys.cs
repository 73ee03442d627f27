using HaLong.Identity.Domain;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Factors;

internal sealed partial class AccountStore : IUserPasskeyStore<Account>
{
    public async Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var known = await db.Passkeys.SingleOrDefaultAsync(p => p.AccountId == user.Id && p.CredentialId == passkey.CredentialId, cancellationToken);
        if (known is not null)
        {
            (known.SignCount, known.IsBackedUp, known.LastUsedAt) = (passkey.SignCount, passkey.IsBackedUp, now);
            return;
        }

        db.Passkeys.Add(new Passkey
        {
            Id = Guid.CreateVersion7(now),
            AccountId = user.Id,
            CredentialId = passkey.CredentialId,
            PublicKey = passkey.PublicKey,
            Name = passkey.Name ?? "",
            CreatedAt = now,
            SignCount = passkey.SignCount,
            Transports = passkey.Transports ?? [],
            IsBackupEligible = passkey.IsBackupEligible,
            IsBackedUp = passkey.IsBackedUp,
        });
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken)
    {
        var found = await db.Passkeys.AsNoTracking().Where(p => p.AccountId == user.Id).OrderBy(p => p.CreatedAt).ToListAsync(cancellationToken);
        return [.. found.Select(p => p.ToInfo())];
    }

    public Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => db.Accounts
        .SingleOrDefaultAsync(a => db.Passkeys.Any(p => p.CredentialId == credentialId && p.AccountId == a.Id), cancellationToken);

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        (await db.Passkeys.AsNoTracking().SingleOrDefaultAsync(p => p.AccountId == user.Id && p.CredentialId == credentialId, cancellationToken))?.ToInfo();

    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        db.Passkeys.Where(p => p.AccountId == user.Id && p.CredentialId == credentialId).ExecuteDeleteAsync(cancellationToken);
}
