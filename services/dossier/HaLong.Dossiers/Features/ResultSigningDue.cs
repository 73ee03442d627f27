using MassTransit;

namespace HaLong.Dossiers.Features;

/// <summary>The service's note to itself: the result of this dossier is to be signed. Delayed after a failure.</summary>
/// <param name="DossierId">Which.</param>
/// <param name="Attempt">From 1.</param>
[EntityName("halong.dossier-result-signing-due.v1")]
[MessageUrn("halong.dossier-result-signing-due.v1")]
internal sealed record ResultSigningDue(Guid DossierId, int Attempt);

/// <summary>The service's note to itself: a corrected result is to be written, or one whose writing failed.</summary>
/// <param name="DossierId">Which.</param>
/// <param name="DocumentId">Id that its signed version will have.</param>
[EntityName("halong.dossier-correction-writing-due.v1")]
[MessageUrn("halong.dossier-correction-writing-due.v1")]
internal sealed record CorrectionWritingDue(Guid DossierId, Guid DocumentId);

/// <summary>The service's note to itself: the owner downloaded the result of a dossier.</summary>
/// <param name="DossierId">Which.</param>
/// <param name="DocumentId">What.</param>
/// <param name="By">Name of who did.</param>
[EntityName("halong.dossier-result-downloaded.v1")]
[MessageUrn("halong.dossier-result-downloaded.v1")]
internal sealed record ResultDownloaded(Guid DossierId, Guid DocumentId, string By);
