using MassTransit;

namespace HaLong.Identity.Contracts.Events;

/// <summary>An account is closed for good: nobody signs in to it or is reached through it. Dossiers already filed are kept and dealt with.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Kind">citizen, organisation, official or helper.</param>
/// <param name="Reason">owner (closed by its owner) or erasure (a request to delete data was granted, Law 91/2025).</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.account-closed.v1")]
[MessageUrn("halong.account-closed.v1")]
public sealed record AccountClosed(Guid AccountId, string Kind, string Reason, DateTimeOffset OccurredAt)
{
    /// <summary>Words of <see cref="Reason"/>.</summary>
    public const string ByOwner = "owner", ByErasure = "erasure";
}
