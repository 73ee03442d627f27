using MassTransit;

namespace HaLong.Dossiers.Contracts.Events;

/// <summary>The applicant withdrew the dossier (rút hồ sơ): it is over.</summary>
/// <param name="DossierId">The dossier (hồ sơ).</param>
/// <param name="Code">Dossier code (mã số hồ sơ).</param>
/// <param name="Sequence">Number of this fact within its dossier, from 1 without gaps; consumers that need order use it.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
/// <param name="ProcedureCode">Procedure (thủ tục hành chính), e.g. 1.013978.</param>
/// <param name="UnitCode">Competent administrative unit.</param>
/// <param name="OwnerId">Account of the person or organisation whose dossier it is.</param>
/// <param name="FromStatus">State in which it was withdrawn.</param>
/// <param name="PaidAmount">Đồng paid for it so far.</param>
/// <param name="FeeTreatment">What becomes of what was paid: one word of <see cref="FeeTreatments"/>.</param>
[EntityName("halong.dossier-withdrawn.v1")]
[MessageUrn("halong.dossier-withdrawn.v1")]
public sealed record DossierWithdrawn(
    Guid DossierId,
    string Code,
    long Sequence,
    DateTimeOffset OccurredAt,
    string ProcedureCode,
    string UnitCode,
    Guid OwnerId,
    string FromStatus,
    long PaidAmount,
    string FeeTreatment);
