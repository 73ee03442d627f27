using MassTransit;

namespace HaLong.Identity.Codes;

/// <summary>Have a code handed over. A message of this service to itself; it names the question and holds no code.</summary>
/// <param name="ChallengeId">Which question.</param>
/// <param name="Number">Which of its codes: an older one is not sent any more.</param>
/// <param name="Attempt">From 1; more after an outage.</param>
[EntityName("halong.identity.send-one-time-code.v1")]
[MessageUrn("halong.identity.send-one-time-code.v1")]
public sealed record SendOneTimeCode(Guid ChallengeId, int Number, int Attempt);
