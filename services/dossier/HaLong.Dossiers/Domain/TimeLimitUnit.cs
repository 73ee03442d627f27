namespace HaLong.Dossiers.Domain;

/// <summary>Units of a time limit, as the catalogue writes them.</summary>
internal static class TimeLimitUnit
{
    public const string WorkingDay = "workingDay";
    public const string HalfDay = "halfDay";
    public const string WorkingHour = "workingHour";
    public const string CalendarDay = "calendarDay";
    public const string Month = "month";
    public const string Year = "year";
    public const string SameDay = "sameDay";
}
