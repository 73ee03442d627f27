using MassTransit;

namespace HaLong.Dossiers.Contracts.Events;

/// <summary>The applicant completed the dossier (đã bổ sung).</summary>
/// <param name="DossierId">The dossier (hồ sơ).</param>
/// <param name="Code">Dossier code (mã số hồ sơ).</param>
/// <param name="Sequence">Number of this fact within its dossier, from 1 without gaps; consumers that need order use it.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
/// <param name="ProcedureCode">Procedure (thủ tục hành chính), e.g. 1.013978.</param>
/// <param name="UnitCode">Competent administrative unit.</param>
/// <param name="OwnerId">Account of the person or organisation whose dossier it is.</param>
/// <param name="Stage">RECEPTION or PROCESSING; after the latter the limit runs anew from zero.</param>
/// <param name="Number">Which request was answered.</param>
/// <param name="DueAt">When the result is due now, UTC; null before acceptance.</param>
[EntityName("halong.dossier-supplemented.v1")]
[MessageUrn("halong.dossier-supplemented.v1")]
public sealed record DossierSupplemented(
    Guid DossierId,
    string Code,
    long Sequence,
    DateTimeOffset OccurredAt,
    string ProcedureCode,
    string UnitCode,
    Guid OwnerId,
    string Stage,
    int Number,
    DateTimeOffset? DueAt);
