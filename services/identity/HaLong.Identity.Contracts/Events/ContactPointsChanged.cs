using MassTransit;

namespace HaLong.Identity.Contracts.Events;

/// <summary>Where the owner of an account is reached has changed. Names no number and no address: who needs them asks identity.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Kind">phone or email.</param>
/// <param name="Change">added, replaced, verified or removed.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.contact-points-changed.v1")]
[MessageUrn("halong.contact-points-changed.v1")]
public sealed record ContactPointsChanged(Guid AccountId, string Kind, string Change, DateTimeOffset OccurredAt)
{
    /// <summary>Words of <see cref="Change"/>.</summary>
    public const string Added = "added", Replaced = "replaced", Verified = "verified", Removed = "removed";
}
