using MassTransit;

namespace HaLong.Dossiers.Contracts.Events;

/// <summary>A fee or financial obligation falls due in the course of handling (nghĩa vụ tài chính); the clock stands until it is paid.</summary>
/// <param name="DossierId">The dossier (hồ sơ).</param>
/// <param name="Code">Dossier code (mã số hồ sơ).</param>
/// <param name="Sequence">Number of this fact within its dossier, from 1 without gaps; consumers that need order use it.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
/// <param name="ProcedureCode">Procedure (thủ tục hành chính), e.g. 1.013978.</param>
/// <param name="UnitCode">Competent administrative unit.</param>
/// <param name="OwnerId">Account of the person or organisation whose dossier it is.</param>
/// <param name="ActorId">Who filed the dossier last.</param>
/// <param name="Channel">Channel of the dossier.</param>
/// <param name="DemandId">The demand.</param>
/// <param name="Number">Which demand of the dossier, from 1.</param>
/// <param name="Fees">What is due; never empty.</param>
/// <param name="Deadline">Until when, UTC.</param>
[EntityName("halong.dossier-fee-due.v1")]
[MessageUrn("halong.dossier-fee-due.v1")]
public sealed record DossierFeeDue(
    Guid DossierId,
    string Code,
    long Sequence,
    DateTimeOffset OccurredAt,
    string ProcedureCode,
    string UnitCode,
    Guid OwnerId,
    Guid ActorId,
    string Channel,
    Guid DemandId,
    int Number,
    IReadOnlyList<FeeItem> Fees,
    DateTimeOffset Deadline)
{
    /// <summary>What payment quotes the fees from, when they are fees of the procedure; null for what an official demands in so many đồng.</summary>
    public FeeBasis? Basis { get; init; }
}
