using MassTransit;

namespace HaLong.Dossiers.Features.Signatures;

/// <summary>The service's note to itself: the approver is to be asked for a signature. Delayed after a failure.</summary>
/// <param name="DossierId">Which.</param>
/// <param name="Round">For which request; a later one makes this note void.</param>
/// <param name="Attempt">From 1.</param>
[EntityName("halong.dossier-signature-due.v1")]
[MessageUrn("halong.dossier-signature-due.v1")]
internal sealed record SignatureDue(Guid DossierId, int Round, int Attempt);

/// <summary>The service's note to itself: look how a signing session stands.</summary>
/// <param name="DossierId">Whose.</param>
/// <param name="SessionId">Which; another one than the dossier's own is not looked at.</param>
/// <param name="Attempt">From 1.</param>
[EntityName("halong.dossier-signature-outcome-due.v1")]
[MessageUrn("halong.dossier-signature-outcome-due.v1")]
internal sealed record SignatureOutcomeDue(Guid DossierId, Guid SessionId, int Attempt);

/// <summary>The service's note to itself: nobody needs this signing session any more.</summary>
/// <param name="SessionId">Which.</param>
/// <param name="Attempt">From 1.</param>
[EntityName("halong.dossier-signature-cancel-due.v1")]
[MessageUrn("halong.dossier-signature-cancel-due.v1")]
internal sealed record SignatureCancelDue(Guid SessionId, int Attempt);
