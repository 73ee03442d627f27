using MassTransit;

namespace HaLong.Identity.Contracts.Events;

/// <summary>How an account is signed in to has changed; its owner should hear of it in case it was somebody else.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Change">
/// authenticator_added, authenticator_removed, passkey_added, passkey_removed, recovery_codes_renewed, recovery_code_used, provider_linked,
/// provider_unlinked, credentials_withdrawn or password_changed.
/// </param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.account-security-changed.v1")]
[MessageUrn("halong.account-security-changed.v1")]
public sealed record AccountSecurityChanged(
    Guid AccountId,
    string Change,
    DateTimeOffset OccurredAt);
