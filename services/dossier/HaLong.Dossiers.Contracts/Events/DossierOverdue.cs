using MassTransit;

namespace HaLong.Dossiers.Contracts.Events;

/// <summary>The due date passed without a result: the platform apologised for the agency (form 04), with a new appointment where the law still allows one.</summary>
/// <param name="DossierId">The dossier (hồ sơ).</param>
/// <param name="Code">Dossier code (mã số hồ sơ).</param>
/// <param name="Sequence">Number of this fact within its dossier, from 1 without gaps; consumers that need order use it.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
/// <param name="ProcedureCode">Procedure (thủ tục hành chính), e.g. 1.013978.</param>
/// <param name="UnitCode">Competent administrative unit.</param>
/// <param name="OwnerId">Account of the person or organisation whose dossier it is.</param>
/// <param name="PreviousDueAt">When it was due, UTC.</param>
/// <param name="DueAt">The new appointment, UTC; null when the one that the law allows is used up.</param>
/// <param name="Reason">Why, as a stable code: OVERDUE.</param>
[EntityName("halong.dossier-overdue.v1")]
[MessageUrn("halong.dossier-overdue.v1")]
public sealed record DossierOverdue(
    Guid DossierId,
    string Code,
    long Sequence,
    DateTimeOffset OccurredAt,
    string ProcedureCode,
    string UnitCode,
    Guid OwnerId,
    DateTimeOffset PreviousDueAt,
    DateTimeOffset? DueAt,
    string Reason);
