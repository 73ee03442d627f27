using MassTransit;

namespace HaLong.Dossiers.Contracts.Events;

/// <summary>The agency apologised and gave a new appointment, once (xin lỗi và hẹn lại ngày trả kết quả, form 04).</summary>
/// <param name="DossierId">The dossier (hồ sơ).</param>
/// <param name="Code">Dossier code (mã số hồ sơ).</param>
/// <param name="Sequence">Number of this fact within its dossier, from 1 without gaps; consumers that need order use it.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
/// <param name="ProcedureCode">Procedure (thủ tục hành chính), e.g. 1.013978.</param>
/// <param name="UnitCode">Competent administrative unit.</param>
/// <param name="OwnerId">Account of the person or organisation whose dossier it is.</param>
/// <param name="PreviousDueAt">When it was due, UTC.</param>
/// <param name="DueAt">When it is due now, UTC.</param>
[EntityName("halong.dossier-deadline-extended.v1")]
[MessageUrn("halong.dossier-deadline-extended.v1")]
public sealed record DossierDeadlineExtended(
    Guid DossierId,
    string Code,
    long Sequence,
    DateTimeOffset OccurredAt,
    string ProcedureCode,
    string UnitCode,
    Guid OwnerId,
    DateTimeOffset PreviousDueAt,
    DateTimeOffset DueAt);
