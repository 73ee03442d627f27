namespace HaLong.Dossiers.Domain;

/// <summary>A fee (phí) or charge (lệ phí). Amount null: set by the province.</summary>
internal sealed record ProcedureFee(
    string Kind, string NameVi, long? AmountVnd, string Rule, string Channel, IReadOnlyList<string> Exemptions,
    bool Optional, bool Assumed, PageRule? PageRule, bool? Refundable)
{
    public string? Code { get; init; }
    public string? NameEn { get; init; }

    /// <summary>When it falls due: atFiling, atSupplement, atResult.</summary>
    public string Moment { get; init; } = FeeMoment.Filing;

    /// <summary>First and last day on which it is charged; null without limit.</summary>
    public DateOnly? ValidFrom { get; init; }
    public DateOnly? ValidTo { get; init; }

    /// <summary>Whom it is for; empty for everybody.</summary>
    public IReadOnlyList<string> ApplicantCategories { get; init; } = [];

    /// <summary>Lowest level of identification it is for, e.g. 2 for a price of the verified; null for any.</summary>
    public int? MinAssurance { get; init; }

    /// <summary>The exemptions that can be worked out; <see cref="Exemptions"/> keeps the words of the portal.</summary>
    public IReadOnlyList<FeeExemption> ExemptionRules { get; init; } = [];

    public bool IsValidOn(DateOnly day) => (ValidFrom is null || ValidFrom <= day) && (ValidTo is null || ValidTo >= day);
}

/// <summary>Who pays less, and by what he proves it.</summary>
/// <param name="Category">Code of the category, e.g. poorHousehold.</param>
/// <param name="Percent">Part that is not charged, 1 to 100.</param>
/// <param name="EvidenceVi">Paper or data that proves it; null when the platform knows by itself.</param>
/// <param name="LegalBasis">Where it is written.</param>
internal sealed record FeeExemption(
    string Category, int Percent, string? EvidenceVi, string? EvidenceEn, string? LegalBasis, DateOnly? ValidFrom, DateOnly? ValidTo, bool Assumed)
{
    public bool IsValidOn(DateOnly day) => (ValidFrom is null || ValidFrom <= day) && (ValidTo is null || ValidTo >= day);
}

/// <summary>When a fee falls due.</summary>
internal static class FeeMoment
{
    public const string Filing = "atFiling";
    public const string Supplement = "atSupplement";
    public const string Result = "atResult";
}

/// <summary>A price per page: known only when the pages are counted.</summary>
internal sealed record PageRule(string Per, long CapVnd, IReadOnlyList<PageTier> Tiers);

/// <summary>Price of the pages from one number to another.</summary>
internal sealed record PageTier(int FromPage, int? ToPage, long AmountPerPage);
