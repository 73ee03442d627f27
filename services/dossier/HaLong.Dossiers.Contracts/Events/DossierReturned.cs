using MassTransit;

namespace HaLong.Dossiers.Contracts.Events;

/// <summary>The result was handed over (trả kết quả): the dossier is finished.</summary>
/// <param name="DossierId">The dossier (hồ sơ).</param>
/// <param name="Code">Dossier code (mã số hồ sơ).</param>
/// <param name="Sequence">Number of this fact within its dossier, from 1 without gaps; consumers that need order use it.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
/// <param name="ProcedureCode">Procedure (thủ tục hành chính), e.g. 1.013978.</param>
/// <param name="UnitCode">Competent administrative unit.</param>
/// <param name="OwnerId">Account of the person or organisation whose dossier it is.</param>
/// <param name="ResultDocumentId">The signed result.</param>
[EntityName("halong.dossier-returned.v1")]
[MessageUrn("halong.dossier-returned.v1")]
public sealed record DossierReturned(
    Guid DossierId,
    string Code,
    long Sequence,
    DateTimeOffset OccurredAt,
    string ProcedureCode,
    string UnitCode,
    Guid OwnerId,
    Guid ResultDocumentId)
{
    /// <summary>COUNTER, POST or ONLINE.</summary>
    public string? Method { get; init; }
}
