using MassTransit;

namespace HaLong.Identity.Contracts.Events;

/// <summary>A sign-in is over: signed out, ended from elsewhere, or run out.</summary>
/// <param name="SessionId">The session; claim sid of its tokens.</param>
/// <param name="AccountId">Whose it was.</param>
/// <param name="Reason">signed_out, ended_by_owner, password_changed, account_closed, token_reused, revoked_by_client, ended_by_administrator or expired.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.session-ended.v1")]
[MessageUrn("halong.session-ended.v1")]
public sealed record SessionEnded(
    Guid SessionId,
    Guid AccountId,
    string Reason,
    DateTimeOffset OccurredAt);
