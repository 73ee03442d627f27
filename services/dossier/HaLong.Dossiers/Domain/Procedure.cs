namespace HaLong.Dossiers.Domain;

/// <summary>
/// One published version of a procedure of the catalogue, valid from a day to a day. Its content never changes; the end of its validity does,
/// when another version follows.
/// </summary>
internal sealed class Procedure
{
    public Guid Id { get; init; }
    public required string Code { get; init; }
    public required string NameVi { get; init; }
    public required string NameEn { get; init; }
    public required string Field { get; init; }
    public required string Level { get; init; }

    /// <summary>The item in the format of the catalogue file.</summary>
    public required string Content { get; init; }

    /// <summary>SHA-256 of <see cref="Content"/>: a new one makes a new version.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The draft that became this version; null for what came with the catalogue file.</summary>
    public Guid? DraftId { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public DateOnly ValidFrom { get; init; }

    /// <summary>Last day; null while no end is known; the day before <see cref="ValidFrom"/> when it was replaced before it counted for a whole day.</summary>
    public DateOnly? ValidTo { get; private set; }

    /// <summary>True when another version took its place: it counts on no day, but dossiers may be bound to it.</summary>
    public bool IsReplaced => ValidTo < ValidFrom;

    public bool IsInForce(DateOnly day) => ValidFrom <= day && (ValidTo is null || ValidTo >= day);

    /// <summary>A later version begins on <paramref name="day"/>; or, when that is the first day of this one, takes its place.</summary>
    public void EndBefore(DateOnly day) => ValidTo = day <= ValidFrom ? ValidFrom.AddDays(-1) : day.AddDays(-1);

    /// <summary>Sets the last day of a version that is about to be published.</summary>
    public Procedure Until(DateOnly? day)
    {
        ValidTo = day;
        return this;
    }
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
