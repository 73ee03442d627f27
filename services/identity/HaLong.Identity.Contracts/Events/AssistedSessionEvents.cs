using MassTransit;

namespace HaLong.Identity.Contracts.Events;

/// <summary>A helper asks to assist a citizen; nothing is allowed yet.</summary>
/// <param name="SessionId">The assisted session (phiên hỗ trợ).</param>
/// <param name="HelperId">Account of the helper.</param>
/// <param name="CitizenId">Account of the citizen; null when none is known.</param>
/// <param name="Unit">The helper's unit.</param>
/// <param name="Place">office or home.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.assisted-session-opened.v1")]
[MessageUrn("halong.assisted-session-opened.v1")]
public sealed record AssistedSessionOpened(Guid SessionId, Guid HelperId, Guid? CitizenId, string Unit, string Place, DateTimeOffset OccurredAt);

/// <summary>The citizen has agreed: the helper may act in his name.</summary>
/// <param name="SessionId">The assisted session.</param>
/// <param name="HelperId">Account of the helper.</param>
/// <param name="CitizenId">Account of the citizen.</param>
/// <param name="Unit">The helper's unit.</param>
/// <param name="Place">office or home.</param>
/// <param name="ActList">Words of <see cref="Acts"/>.</param>
/// <param name="Consent">code or paper.</param>
/// <param name="OccurredAt">When, UTC.</param>
/// <param name="ExpiresAt">When it ends at the latest.</param>
[EntityName("halong.assisted-session-started.v1")]
[MessageUrn("halong.assisted-session-started.v1")]
public sealed record AssistedSessionStarted(
    Guid SessionId,
    Guid HelperId,
    Guid CitizenId,
    string Unit,
    string Place,
    IReadOnlyList<string> ActList,
    string Consent,
    DateTimeOffset OccurredAt,
    DateTimeOffset ExpiresAt);

/// <summary>An assisted session is over; also one that the citizen never agreed to.</summary>
/// <param name="SessionId">The assisted session.</param>
/// <param name="HelperId">Account of the helper.</param>
/// <param name="CitizenId">Account of the citizen; null when none was known.</param>
/// <param name="Unit">The helper's unit.</param>
/// <param name="Place">office or home.</param>
/// <param name="State">ended (helper), revoked (citizen) or expired.</param>
/// <param name="Consent">code or paper; null when there was none.</param>
/// <param name="DossierId">The one dossier that was worked on.</param>
/// <param name="Deeds">What was done: words of <see cref="Acts"/> with counts.</param>
/// <param name="ConsentedAt">When it became active; null when never.</param>
/// <param name="OccurredAt">When it ended, UTC.</param>
[EntityName("halong.assisted-session-closed.v1")]
[MessageUrn("halong.assisted-session-closed.v1")]
public sealed record AssistedSessionClosed(
    Guid SessionId,
    Guid HelperId,
    Guid? CitizenId,
    string Unit,
    string Place,
    string State,
    string? Consent,
    Guid? DossierId,
    IReadOnlyDictionary<string, int> Deeds,
    DateTimeOffset? ConsentedAt,
    DateTimeOffset OccurredAt);
