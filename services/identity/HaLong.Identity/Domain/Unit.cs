namespace HaLong.Identity.Domain;

/// <summary>One version of an administrative unit: the same code can mean another unit from another day on.</summary>
internal sealed class Unit
{
    public static readonly IReadOnlyList<string> Levels = ["province", "district", "commune"];

    public static readonly IReadOnlyList<string> Kinds = ["province", "city", "district", "town", "ward", "commune", "township", "specialZone"];

    /// <summary>Code and first day: what everything else refers to, because the code alone means nothing without a day.</summary>
    public string Id
    {
        get => IdOf(Code, ValidFrom);
        // Follows from the other two; the database keeps it so that rows can refer to it.
        private set => _ = value;
    }

    public required string Code { get; init; }

    public required DateOnly ValidFrom { get; init; }

    /// <summary>Last day of validity, inclusive; null while it lasts.</summary>
    public DateOnly? ValidTo { get; set; }

    public required string NameVi { get; set; }

    public required string ShortNameVi { get; set; }

    public required string NameEn { get; set; }

    /// <summary>One of <see cref="Kinds"/>.</summary>
    public required string Kind { get; set; }

    public required string Level { get; set; }

    public string? ParentCode { get; set; }

    public string? LegalBasis { get; set; }

    /// <summary>The decision that ended it, where known.</summary>
    public string? EndLegalBasis { get; set; }

    /// <summary>False where the first day is the start of the catalogue and the unit is older.</summary>
    public bool ValidFromConfirmed { get; set; }

    /// <summary>Names of what it was formed from, also where those units are not in the catalogue; they can be parts of units.</summary>
    public string[] FormedFromVi { get; set; } = [];

    public string? SeatVi { get; set; }

    public string? Note { get; set; }

    /// <summary>Names and code folded for search without diacritics.</summary>
    public required string SearchText { get; set; }

    /// <summary>Changed by an administrator or a reorganisation: the data file that comes with an update no longer decides about it.</summary>
    public bool IsChangedHere { get; set; }

    public uint Version { get; private set; }

    public bool IsValidOn(DateOnly day) => ValidFrom <= day && (ValidTo is null || ValidTo >= day);

    public static string IdOf(string code, DateOnly validFrom) => FormattableString.Invariant($"{code}@{validFrom:yyyy-MM-dd}");
}
