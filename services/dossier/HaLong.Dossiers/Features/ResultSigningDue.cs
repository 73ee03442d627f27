using MassTransit;

namespace HaLong.Dossiers.Features;

/// <summary>The service's note to itself: the result of this dossier is to be signed. Delayed after a failure.</summary>
/// <param name="DossierId">Which.</param>
/// <param name="Attempt">From 1.</param>
[EntityName("halong.dossier-result-signing-due.v1")]
[MessageUrn("halong.dossier-result-signing-due.v1")]
internal sealed record ResultSigningDue(Guid DossierId, int Attempt);
