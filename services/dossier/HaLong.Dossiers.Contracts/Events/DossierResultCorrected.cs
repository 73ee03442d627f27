using MassTransit;

namespace HaLong.Dossiers.Contracts.Events;

/// <summary>A wrong result was replaced at the agency's cost (đính chính kết quả).</summary>
/// <param name="DossierId">The dossier (hồ sơ).</param>
/// <param name="Code">Dossier code (mã số hồ sơ).</param>
/// <param name="Sequence">Number of this fact within its dossier, from 1 without gaps; consumers that need order use it.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
/// <param name="ProcedureCode">Procedure (thủ tục hành chính), e.g. 1.013978.</param>
/// <param name="UnitCode">Competent administrative unit.</param>
/// <param name="OwnerId">Account of the person or organisation whose dossier it is.</param>
/// <param name="ReplacedDocumentId">The result that no longer counts.</param>
/// <param name="ResultDocumentId">The signed result that counts.</param>
/// <param name="ResultSha256">SHA-256 of its bytes, lower-case hexadecimal.</param>
[EntityName("halong.dossier-result-corrected.v1")]
[MessageUrn("halong.dossier-result-corrected.v1")]
public sealed record DossierResultCorrected(
    Guid DossierId,
    string Code,
    long Sequence,
    DateTimeOffset OccurredAt,
    string ProcedureCode,
    string UnitCode,
    Guid OwnerId,
    Guid ReplacedDocumentId,
    Guid ResultDocumentId,
    string ResultSha256);
