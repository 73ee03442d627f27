using HaLong.Identity.Domain;
using HaLong.Identity.Factors;
using HaLong.Identity.Persistence;
using HaLong.Identity.Profile.Contacts;
using HaLong.Identity.Sessions;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Federation;

/// <summary>
/// An account of level 1 says whose number it is, but nobody has checked. When the verified owner of the number arrives, the account is
/// theirs, and whatever opened it before must not open it any more: else a stranger could register first and wait.
/// </summary>
internal sealed class CredentialWithdrawal(IdentityDbContext db, Revocations revocations, SecurityNotices notices, ContactBook contacts)
{
    /// <summary>Adds the changes; the caller saves.</summary>
    public Task RunAsync(Account account, FederatedPerson owner, CancellationToken ct) =>
        RunAsync(account, owner.Name ?? account.DisplayName, owner.BirthDate ?? account.BirthDate, owner.Email, owner.Phone, ct);

    /// <summary>The same for an owner who stands at the counter.</summary>
    public async Task RunAsync(Account account, string name, DateOnly? birthDate, string? email, string? phone, CancellationToken ct)
    {
        var id = account.Id;
        db.Authenticators.RemoveRange(await db.Authenticators.Where(a => a.AccountId == id).ToListAsync(ct));
        db.RecoveryCodes.RemoveRange(await db.RecoveryCodes.Where(c => c.AccountId == id).ToListAsync(ct));
        db.Passkeys.RemoveRange(await db.Passkeys.Where(p => p.AccountId == id).ToListAsync(ct));
        db.ExternalLogins.RemoveRange(await db.ExternalLogins.Where(l => l.AccountId == id).ToListAsync(ct));
        account.SetPasswordHash("");
        // A code sent to a stranger's phone would be a way in as well.
        await contacts.SetAsync(account, ContactKinds.Email, email, isConfirmed: false, ct);
        await contacts.SetAsync(account, ContactKinds.Phone, phone, isConfirmed: false, ct);
        account.Rename(name);
        account.SetBirthDate(birthDate);
        await revocations.EndAllAsync(id, EndReasons.PasswordChanged, keep: null, ct);
        notices.Add(id, SecurityChange.CredentialsWithdrawn);
    }
}
