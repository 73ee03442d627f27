using MassTransit;

namespace HaLong.Identity.Contracts.Events;

/// <summary>A client must be told that a session it has tokens of is over. Identity sends it to itself, one per client, so that each is repeated on its own.</summary>
/// <param name="SessionId">The session; claim sid of its tokens.</param>
/// <param name="AccountId">Whose it was.</param>
/// <param name="ClientId">Whom to tell.</param>
/// <param name="OccurredAt">When the session ended, UTC.</param>
[EntityName("halong.logout-notice-due.v1")]
[MessageUrn("halong.logout-notice-due.v1")]
public sealed record LogoutNoticeDue(
    Guid SessionId,
    Guid AccountId,
    string ClientId,
    DateTimeOffset OccurredAt);
