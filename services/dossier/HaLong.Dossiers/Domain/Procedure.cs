namespace HaLong.Dossiers.Domain;

/// <summary>One version of a procedure of the catalogue; the version in force has no end date.</summary>
internal sealed class Procedure
{
    public Guid Id { get; init; }
    public required string Code { get; init; }
    public required string NameVi { get; init; }
    public required string NameEn { get; init; }
    public required string Field { get; init; }
    public required string Level { get; init; }

    /// <summary>Code and names in lower case without diacritics, for search.</summary>
    public required string SearchText { get; init; }

    /// <summary>The item of the catalogue file, as it was loaded.</summary>
    public required string Content { get; init; }

    /// <summary>SHA-256 of <see cref="Content"/>: a new one makes a new version.</summary>
    public required string ContentHash { get; init; }

    public DateOnly ValidFrom { get; init; }
    public DateOnly? ValidTo { get; private set; }

    /// <summary>A later version begins on <paramref name="day"/>.</summary>
    public void EndBefore(DateOnly day) => ValidTo = day.AddDays(-1) < ValidFrom ? ValidFrom : day.AddDays(-1);
}

/// <summary>An amount for a fee that the catalogue leaves open, valid from a day on.</summary>
internal sealed class TariffItem
{
    public Guid Id { get; init; }
    public required string ProcedureCode { get; init; }
    public required string Kind { get; init; }
    public required string NameVi { get; init; }
    public long AmountVnd { get; init; }
    public DateOnly ValidFrom { get; init; }
    public DateOnly? ValidTo { get; init; }

    /// <summary>True for demonstration amounts.</summary>
    public bool Assumed { get; init; }
}
