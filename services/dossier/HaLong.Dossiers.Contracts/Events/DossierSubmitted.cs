using MassTransit;

namespace HaLong.Dossiers.Contracts.Events;

/// <summary>A dossier was filed (nộp hồ sơ) and got its code.</summary>
/// <param name="DossierId">The dossier (hồ sơ).</param>
/// <param name="Code">Dossier code (mã số hồ sơ).</param>
/// <param name="Sequence">Number of this fact within its dossier, from 1 without gaps; consumers that need order use it.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
/// <param name="ProcedureCode">Procedure (thủ tục hành chính), e.g. 1.013978.</param>
/// <param name="UnitCode">Competent administrative unit.</param>
/// <param name="OwnerId">Account of the person or organisation whose dossier it is.</param>
/// <param name="ActorId">Who pressed the button: the owner, or a delegate, representative or helper.</param>
/// <param name="Channel">online, counter, post or assisted.</param>
/// <param name="Fees">What is due at filing; empty when nothing is.</param>
[EntityName("halong.dossier-submitted.v1")]
[MessageUrn("halong.dossier-submitted.v1")]
public sealed record DossierSubmitted(
    Guid DossierId,
    string Code,
    long Sequence,
    DateTimeOffset OccurredAt,
    string ProcedureCode,
    string UnitCode,
    Guid OwnerId,
    Guid ActorId,
    string Channel,
    IReadOnlyList<FeeItem> Fees)
{
    /// <summary>The delegation by which the actor filed it; null unless by one.</summary>
    public Guid? DelegationId { get; init; }

    /// <summary>The assisted session in which it was worked on; null unless in one.</summary>
    public Guid? AssistedSessionId { get; init; }

    /// <summary>The helper of that session.</summary>
    public Guid? AssistedBy { get; init; }

    /// <summary>The helper's unit.</summary>
    public string? AssistanceUnit { get; init; }

    /// <summary>Where the helper assisted: office or home.</summary>
    public string? AssistancePlace { get; init; }

    /// <summary>The unit whose reception takes it in; null in facts from before there was a difference.</summary>
    public string? ReceivingUnitCode { get; init; }

    /// <summary>The unit that helped to file it; null when nobody did.</summary>
    public string? SupportUnitCode { get; init; }

    /// <summary>The rules it is handled under: OSS-2018 or OSS-2025.</summary>
    public string? Regime { get; init; }

    /// <summary>Field (lĩnh vực) of the procedure, e.g. LAND; null in facts from before it was told.</summary>
    public string? FieldCode { get; init; }

    /// <summary>What payment quotes the fees from; the fees above are full amounts then. Null in facts from before there were quotes.</summary>
    public FeeBasis? Basis { get; init; }
}
