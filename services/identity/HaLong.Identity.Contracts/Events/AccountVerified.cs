using MassTransit;

namespace HaLong.Identity.Contracts.Events;

/// <summary>It is now surely known who an account belongs to (xác minh danh tính). Tokens issued before say something else and are void.</summary>
/// <param name="AccountId">The account: a person's or an organisation's.</param>
/// <param name="Level">2.</param>
/// <param name="Method">counter (papers seen by an official) or provider (a national identity provider said so).</param>
/// <param name="UnitCode">The unit whose official saw the papers; null for a provider.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.account-verified.v1")]
[MessageUrn("halong.account-verified.v1")]
public sealed record AccountVerified(Guid AccountId, int Level, string Method, string? UnitCode, DateTimeOffset OccurredAt);

/// <summary>A verification at the counter was undone by a second official.</summary>
/// <param name="AccountId">The person's account.</param>
/// <param name="Level">What is left: 1, or 2 when a provider vouches for the person as well.</param>
/// <param name="UnitCode">The unit of the official who undid it.</param>
/// <param name="OccurredAt">When, UTC.</param>
[EntityName("halong.account-verification-undone.v1")]
[MessageUrn("halong.account-verification-undone.v1")]
public sealed record AccountVerificationUndone(Guid AccountId, int Level, string UnitCode, DateTimeOffset OccurredAt);
