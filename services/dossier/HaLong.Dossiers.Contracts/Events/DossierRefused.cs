using MassTransit;

namespace HaLong.Dossiers.Contracts.Events;

/// <summary>The agency refuses after appraisal (từ chối giải quyết, form 03); the written refusal is then signed and handed over like any result.</summary>
/// <param name="DossierId">The dossier (hồ sơ).</param>
/// <param name="Code">Dossier code (mã số hồ sơ).</param>
/// <param name="Sequence">Number of this fact within its dossier, from 1 without gaps; consumers that need order use it.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
/// <param name="ProcedureCode">Procedure (thủ tục hành chính), e.g. 1.013978.</param>
/// <param name="UnitCode">Competent administrative unit.</param>
/// <param name="OwnerId">Account of the person or organisation whose dossier it is.</param>
/// <param name="ApproverId">Who decided.</param>
/// <param name="ResultDocumentId">Id that the signed refusal will have.</param>
[EntityName("halong.dossier-refused.v1")]
[MessageUrn("halong.dossier-refused.v1")]
public sealed record DossierRefused(
    Guid DossierId,
    string Code,
    long Sequence,
    DateTimeOffset OccurredAt,
    string ProcedureCode,
    string UnitCode,
    Guid OwnerId,
    Guid ApproverId,
    Guid ResultDocumentId);
