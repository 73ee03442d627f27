namespace HaLong.Dossiers.Deadlines.Calendars;

/// <summary>A year of the calendar: a draft until an administrator has compared it with the official notice.</summary>
internal sealed class CalendarYear
{
    public required int Year { get; init; }

    /// <summary>False: what is counted by it is marked as assumed.</summary>
    public bool Confirmed { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public uint Version { get; private set; }
}

/// <summary>A day that is not what its weekday says. What a row means is in <see cref="DayKind"/>.</summary>
internal sealed class CalendarDay
{
    public required DateOnly Date { get; init; }

    public required DayKind Kind { get; init; }

    public required string NameVi { get; init; }

    public required string NameEn { get; init; }

    /// <summary>Number of a notice, statute, publicRecord, reported or draft.</summary>
    public required string Source { get; init; }

    public required bool Confirmed { get; set; }

    public int Year => Date.Year;

    public SpecialDay Row => new(Date, Kind, NameVi, NameEn, Source, Confirmed);

    public static CalendarDay Of(SpecialDay row) => new()
    {
        Date = row.Date,
        Kind = row.Kind,
        NameVi = row.NameVi,
        NameEn = row.NameEn,
        Source = row.Source,
        Confirmed = row.Confirmed,
    };
}

/// <summary>The number of the calendar's state: one row, counted up in the transaction of each change.</summary>
internal sealed class CalendarVersion
{
    public const int OnlyId = 1;

    public int Id { get; init; }

    public long Version { get; init; }
}

/// <summary>Who changed the calendar, why and how. Rows are only ever added.</summary>
internal sealed class CalendarChange
{
    /// <summary>The state of the calendar that it made.</summary>
    public required long Version { get; init; }

    public required int Year { get; init; }

    /// <summary>draft, change or confirm.</summary>
    public required string Action { get; init; }

    public required Guid ActorId { get; init; }

    public string? ActorUnit { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>In the administrator's own words, such as the number of a notice.</summary>
    public required string Reason { get; init; }

    /// <summary>The rows that were replaced or removed, as JSON.</summary>
    public required string Before { get; init; }

    /// <summary>The rows that are there instead.</summary>
    public required string After { get; init; }
}
