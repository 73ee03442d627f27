namespace HaLong.Payments.Fees;

/// <summary>A dated policy that lessens fees: a zero fee, a reduction, or an exemption of a category (Data/fee-policies.json).</summary>
internal sealed record FeePolicy
{
    /// <summary>Stable code, in capital letters.</summary>
    public required string Id { get; init; }

    public required string NameVi { get; init; }
    public required string NameEn { get; init; }

    /// <summary>Part that is not charged, 1 to 100.</summary>
    public required int Percent { get; init; }

    /// <summary>phi, lePhi. Other duties are never lessened here.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>Codes of procedures; empty for all.</summary>
    public IReadOnlyList<string> Procedures { get; init; } = [];

    /// <summary>Channels of filing; empty for all.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Moments of the catalogue; empty for all.</summary>
    public IReadOnlyList<string> Moments { get; init; } = [];

    /// <summary>Lowest level of identification; null for any.</summary>
    public int? MinAssurance { get; init; }

    /// <summary>Whom it is for; null for everybody.</summary>
    public string? Category { get; init; }

    /// <summary>What proves the category; there is one wherever there is a category.</summary>
    public string? EvidenceVi { get; init; }
    public string? EvidenceEn { get; init; }

    /// <summary>First and last local day; null without limit.</summary>
    public DateOnly? ValidFrom { get; init; }
    public DateOnly? ValidTo { get; init; }

    /// <summary>Where it is written.</summary>
    public required string Source { get; init; }

    /// <summary>True when it is not from a published text for this city.</summary>
    public bool Assumed { get; init; }

    /// <summary>What is assumed about it.</summary>
    public string? Note { get; init; }

    /// <summary>True when it holds for a fee of this kind in this situation, whoever the applicant is.</summary>
    public bool Fits(string kind, FeeSituation of) =>
        Kinds.Contains(kind)
        && (Procedures.Count == 0 || Procedures.Contains(of.ProcedureCode))
        && (Channels.Count == 0 || Channels.Contains(of.Channel))
        && (Moments.Count == 0 || Moments.Contains(of.Basis.Moment))
        && (MinAssurance is null || MinAssurance <= of.Basis.Assurance)
        && (ValidFrom is null || ValidFrom <= of.Basis.Day) && (ValidTo is null || ValidTo >= of.Basis.Day);
}
