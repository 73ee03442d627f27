namespace HaLong.Identity.Domain;

/// <summary>One version of an administrative unit: the same code can mean another unit from another day on.</summary>
internal sealed class Unit
{
    public static readonly IReadOnlyList<string> Levels = ["province", "district", "commune"];

    public required string Code { get; init; }

    public required DateOnly ValidFrom { get; init; }

    /// <summary>Last day of validity, inclusive; null while it lasts.</summary>
    public DateOnly? ValidTo { get; set; }

    public required string NameVi { get; set; }

    public required string ShortNameVi { get; set; }

    public required string NameEn { get; set; }

    /// <summary>province, city, district, ward, commune, specialZone…</summary>
    public required string Kind { get; set; }

    public required string Level { get; set; }

    public string? ParentCode { get; set; }

    public string? LegalBasis { get; set; }

    /// <summary>False where the first day is the start of the catalogue and the unit is older.</summary>
    public bool ValidFromConfirmed { get; set; }

    /// <summary>Names and code folded for search without diacritics.</summary>
    public required string SearchText { get; set; }

    public string Id => FormattableString.Invariant($"{Code}@{ValidFrom:yyyy-MM-dd}");
}
