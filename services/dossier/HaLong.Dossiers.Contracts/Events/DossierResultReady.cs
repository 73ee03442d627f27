using MassTransit;

namespace HaLong.Dossiers.Contracts.Events;

/// <summary>The signed result is stored.</summary>
/// <param name="DossierId">The dossier (hồ sơ).</param>
/// <param name="Code">Dossier code (mã số hồ sơ).</param>
/// <param name="Sequence">Number of this fact within its dossier, from 1 without gaps; consumers that need order use it.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
/// <param name="ProcedureCode">Procedure (thủ tục hành chính), e.g. 1.013978.</param>
/// <param name="UnitCode">Competent administrative unit.</param>
/// <param name="OwnerId">Account of the person or organisation whose dossier it is.</param>
/// <param name="ResultDocumentId">The signed result.</param>
/// <param name="ResultSha256">SHA-256 of the signed file, lower-case hex.</param>
[EntityName("halong.dossier-result-ready.v1")]
[MessageUrn("halong.dossier-result-ready.v1")]
public sealed record DossierResultReady(
    Guid DossierId,
    string Code,
    long Sequence,
    DateTimeOffset OccurredAt,
    string ProcedureCode,
    string UnitCode,
    Guid OwnerId,
    Guid ResultDocumentId,
    string ResultSha256)
{
    /// <summary>APPROVED, or REFUSED when the result is a written refusal.</summary>
    public string? Outcome { get; init; }

    /// <summary>Until when it was promised at first; null where no date was given or a later one had to be, and in facts from before this was told.</summary>
    public DateTimeOffset? DueAt { get; init; }
}
