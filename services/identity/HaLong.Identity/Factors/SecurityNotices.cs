using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Persistence;
using HaLong.Messaging;

namespace HaLong.Identity.Factors;

/// <summary>Tells the rest of the platform how an account's ways in changed; the caller saves.</summary>
internal sealed class SecurityNotices(IdentityDbContext db, IdentityInstruments instruments, TimeProvider time)
{
    public void Add(Guid accountId, string change)
    {
        db.Enqueue(new AccountSecurityChanged(accountId, change, time.GetUtcNow()));
        instruments.SecurityChange(change);
    }
}

/// <summary>Words of <see cref="AccountSecurityChanged.Change"/>.</summary>
internal static class SecurityChange
{
    public const string AuthenticatorAdded = "authenticator_added";
    public const string AuthenticatorRemoved = "authenticator_removed";
    public const string PasskeyAdded = "passkey_added";
    public const string PasskeyRemoved = "passkey_removed";
    public const string RecoveryCodesRenewed = "recovery_codes_renewed";
    public const string RecoveryCodeUsed = "recovery_code_used";
    public const string ProviderLinked = "provider_linked";
    public const string ProviderUnlinked = "provider_unlinked";

    /// <summary>A verified person claimed an account that somebody unverified had set up; what opened it before no longer does.</summary>
    public const string CredentialsWithdrawn = "credentials_withdrawn";
}
