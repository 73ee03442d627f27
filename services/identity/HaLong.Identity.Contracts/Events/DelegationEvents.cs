using MassTransit;

namespace HaLong.Identity.Contracts.Events;

/// <summary>Somebody offers to let somebody else act for him (ủy quyền); nothing is allowed yet.</summary>
/// <param name="DelegationId">The delegation.</param>
/// <param name="PrincipalId">Account of who gives it.</param>
/// <param name="DelegateId">Account of who is asked; null when no account is known to match.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.delegation-offered.v1")]
[MessageUrn("halong.delegation-offered.v1")]
public sealed record DelegationOffered(Guid DelegationId, Guid PrincipalId, Guid? DelegateId, DateTimeOffset OccurredAt);

/// <summary>The delegate accepted: within the limits told here he may act.</summary>
/// <param name="DelegationId">The delegation.</param>
/// <param name="PrincipalId">Account of who gives it.</param>
/// <param name="DelegateId">Account of who may act.</param>
/// <param name="ActList">Words of <see cref="Acts"/>.</param>
/// <param name="ProcedureCodes">The only procedures covered; empty = every one.</param>
/// <param name="DossierId">The only dossier covered; null = every one.</param>
/// <param name="From">First local day.</param>
/// <param name="To">Last local day.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.delegation-accepted.v1")]
[MessageUrn("halong.delegation-accepted.v1")]
public sealed record DelegationAccepted(
    Guid DelegationId,
    Guid PrincipalId,
    Guid DelegateId,
    IReadOnlyList<string> ActList,
    IReadOnlyList<string> ProcedureCodes,
    Guid? DossierId,
    DateOnly From,
    DateOnly To,
    DateTimeOffset OccurredAt);

/// <summary>The one who was asked does not want to.</summary>
/// <param name="DelegationId">The delegation.</param>
/// <param name="PrincipalId">Account of who offered it.</param>
/// <param name="DelegateId">Account of who declined.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.delegation-declined.v1")]
[MessageUrn("halong.delegation-declined.v1")]
public sealed record DelegationDeclined(Guid DelegationId, Guid PrincipalId, Guid DelegateId, DateTimeOffset OccurredAt);

/// <summary>One side ended the delegation; nothing more may be done by it.</summary>
/// <param name="DelegationId">The delegation.</param>
/// <param name="PrincipalId">Account of who gave it.</param>
/// <param name="DelegateId">Account of who could act; null when nobody had accepted.</param>
/// <param name="RevokedBy">Which of the two ended it.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.delegation-revoked.v1")]
[MessageUrn("halong.delegation-revoked.v1")]
public sealed record DelegationRevoked(Guid DelegationId, Guid PrincipalId, Guid? DelegateId, Guid RevokedBy, DateTimeOffset OccurredAt);

/// <summary>The last day of the delegation is over, or the offer was not answered in time.</summary>
/// <param name="DelegationId">The delegation.</param>
/// <param name="PrincipalId">Account of who gave it.</param>
/// <param name="DelegateId">Account of who could act; null when nobody had accepted.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.delegation-expired.v1")]
[MessageUrn("halong.delegation-expired.v1")]
public sealed record DelegationExpired(Guid DelegationId, Guid PrincipalId, Guid? DelegateId, DateTimeOffset OccurredAt);
