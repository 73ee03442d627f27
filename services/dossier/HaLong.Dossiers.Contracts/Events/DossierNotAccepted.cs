using MassTransit;

namespace HaLong.Dossiers.Contracts.Events;

/// <summary>Reception refused the dossier in writing (từ chối tiếp nhận, form 03): it is over.</summary>
/// <param name="DossierId">The dossier (hồ sơ).</param>
/// <param name="Code">Dossier code (mã số hồ sơ).</param>
/// <param name="Sequence">Number of this fact within its dossier, from 1 without gaps; consumers that need order use it.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
/// <param name="ProcedureCode">Procedure (thủ tục hành chính), e.g. 1.013978.</param>
/// <param name="UnitCode">Competent administrative unit.</param>
/// <param name="OwnerId">Account of the person or organisation whose dossier it is.</param>
[EntityName("halong.dossier-not-accepted.v1")]
[MessageUrn("halong.dossier-not-accepted.v1")]
public sealed record DossierNotAccepted(
    Guid DossierId,
    string Code,
    long Sequence,
    DateTimeOffset OccurredAt,
    string ProcedureCode,
    string UnitCode,
    Guid OwnerId);
