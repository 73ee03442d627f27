using MassTransit;

namespace HaLong.Signatures.Contracts.Events;

/// <summary>A person who could sign has not done so for a while.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="AccountId">Who is to be reminded.</param>
/// <param name="Subject">What the session belongs to; empty without.</param>
/// <param name="Deadline">By when, UTC.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.signing-reminder-due.v1")]
[MessageUrn("halong.signing-reminder-due.v1")]
public sealed record SigningReminderDue(
    Guid SessionId,
    Guid AccountId,
    string Subject,
    DateTimeOffset Deadline,
    DateTimeOffset OccurredAt);
