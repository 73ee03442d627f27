namespace HaLong.Dossiers.Deadlines.Calendars;

/// <summary>A year of the calendar as the API shows it.</summary>
/// <param name="State">confirmed, draft, or missing: then only weekends are not worked, and what is counted by it is assumed.</param>
/// <param name="Days">The days that are not what their weekday says.</param>
/// <param name="Version">Revision for If-Match; null when missing.</param>
internal sealed record CalendarView(int Year, string State, IReadOnlyList<CalendarView.DayView> Days, uint? Version, DateTimeOffset? UpdatedAt)
{
    /// <param name="Kind">HOLIDAY, COMPENSATION, SWAP_OFF or SWAP_WORK.</param>
    /// <param name="Source">Number of a notice; or statute, publicRecord, reported, draft.</param>
    internal sealed record DayView(DateOnly Date, string Kind, string NameVi, string NameEn, string Source, bool Confirmed)
    {
        public static DayView Of(SpecialDay day) => new(day.Date, day.Kind.Name(), day.NameVi, day.NameEn, day.Source, day.Confirmed);
    }

    public static CalendarView Of(int year, CalendarYear? row, IEnumerable<CalendarDay> days) => new(
        year, row is null ? "missing" : row.Confirmed ? "confirmed" : "draft", [.. days.Select(d => DayView.Of(d.Row))], row?.Version, row?.UpdatedAt);
}
