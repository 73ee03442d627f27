using MassTransit;

namespace HaLong.Dossiers.Contracts.Events;

/// <summary>The due date moved although nothing happened to the dossier: the calendar of working days was changed (lịch làm việc thay đổi).</summary>
/// <param name="DossierId">The dossier (hồ sơ).</param>
/// <param name="Code">Dossier code (mã số hồ sơ).</param>
/// <param name="Sequence">Number of this fact within its dossier, from 1 without gaps; consumers that need order use it.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
/// <param name="ProcedureCode">Procedure (thủ tục hành chính), e.g. 1.013978.</param>
/// <param name="UnitCode">Competent administrative unit.</param>
/// <param name="OwnerId">Account of the person or organisation whose dossier it is.</param>
/// <param name="PreviousDueAt">When the result was due before, UTC.</param>
/// <param name="DueAt">When the result is due now, UTC.</param>
/// <param name="Cause">Why: calendar.</param>
[EntityName("halong.dossier-deadline-changed.v1")]
[MessageUrn("halong.dossier-deadline-changed.v1")]
public sealed record DossierDeadlineChanged(
    Guid DossierId,
    string Code,
    long Sequence,
    DateTimeOffset OccurredAt,
    string ProcedureCode,
    string UnitCode,
    Guid OwnerId,
    DateTimeOffset PreviousDueAt,
    DateTimeOffset DueAt,
    string Cause);
