namespace HaLong.Dossiers.Statistics.Cubes;

/// <summary>
/// A period in whole months and single days. Flows are summed over the whole months and the days beside them; stocks over all months before
/// <see cref="LastMonth"/> and its days up to the end.
/// </summary>
internal readonly record struct CubePeriod(DateOnly From, DateOnly To)
{
    /// <summary>The month in which it begins.</summary>
    public DateOnly Month => new(From.Year, From.Month, 1);

    /// <summary>The first whole month; may lie behind the end.</summary>
    public DateOnly Whole => From == Month ? From : Month.AddMonths(1);

    /// <summary>The first month that is not over at the end: its days count one by one.</summary>
    public DateOnly LastMonth => To.AddDays(1).Day == 1 ? To.AddDays(1) : new(To.Year, To.Month, 1);

    /// <summary>Months before this one count by their stocks alone.</summary>
    public DateOnly Before => Whole < LastMonth ? Whole : LastMonth;

    /// <summary>The months that it touches; none when it ends before it begins, unless in the same month.</summary>
    public IEnumerable<DateOnly> Months
    {
        get
        {
            for (var month = Month; month <= To; month = month.AddMonths(1))
                yield return month;
        }
    }
}
