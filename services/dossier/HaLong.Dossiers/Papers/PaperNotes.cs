using MassTransit;

namespace HaLong.Dossiers.Papers;

/// <summary>The service's note to itself: the paper of a form is to be written.</summary>
/// <param name="PaperId">Which.</param>
/// <param name="Attempt">From 1.</param>
[EntityName("halong.dossier-paper-writing-due.v1")]
[MessageUrn("halong.dossier-paper-writing-due.v1")]
internal sealed record PaperWritingDue(Guid PaperId, int Attempt);

/// <summary>The service's note to itself: a written paper is to be sealed. Delayed after a failure.</summary>
/// <param name="PaperId">Which.</param>
/// <param name="Attempt">From 1.</param>
[EntityName("halong.dossier-paper-signing-due.v1")]
[MessageUrn("halong.dossier-paper-signing-due.v1")]
internal sealed record PaperSigningDue(Guid PaperId, int Attempt);

/// <summary>The service's note to itself: a dossier is over, its control slip can be closed.</summary>
/// <param name="DossierId">Which.</param>
[EntityName("halong.dossier-control-slip-due.v1")]
[MessageUrn("halong.dossier-control-slip-due.v1")]
internal sealed record ControlSlipDue(Guid DossierId);
