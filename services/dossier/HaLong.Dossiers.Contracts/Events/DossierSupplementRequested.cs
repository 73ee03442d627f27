using MassTransit;

namespace HaLong.Dossiers.Contracts.Events;

/// <summary>The applicant is asked once, completely, to complete the dossier (yêu cầu bổ sung, form 02).</summary>
/// <param name="DossierId">The dossier (hồ sơ).</param>
/// <param name="Code">Dossier code (mã số hồ sơ).</param>
/// <param name="Sequence">Number of this fact within its dossier, from 1 without gaps; consumers that need order use it.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
/// <param name="ProcedureCode">Procedure (thủ tục hành chính), e.g. 1.013978.</param>
/// <param name="UnitCode">Competent administrative unit.</param>
/// <param name="OwnerId">Account of the person or organisation whose dossier it is.</param>
/// <param name="Stage">RECEPTION or PROCESSING.</param>
/// <param name="Number">Which request of its stage, from 1; a second one had a supervisor's permission.</param>
/// <param name="Items">How many things are asked for.</param>
/// <param name="Deadline">Until when the applicant has time, UTC.</param>
[EntityName("halong.dossier-supplement-requested.v1")]
[MessageUrn("halong.dossier-supplement-requested.v1")]
public sealed record DossierSupplementRequested(
    Guid DossierId,
    string Code,
    long Sequence,
    DateTimeOffset OccurredAt,
    string ProcedureCode,
    string UnitCode,
    Guid OwnerId,
    string Stage,
    int Number,
    int Items,
    DateTimeOffset Deadline);
