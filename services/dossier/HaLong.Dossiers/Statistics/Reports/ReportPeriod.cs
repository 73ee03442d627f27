using System.Globalization;

namespace HaLong.Dossiers.Statistics.Reports;

/// <summary>Periods as people write them: 2026-03, 2026-Q1, 2026, or two days.</summary>
internal static class ReportPeriod
{
    public const int MostYears = 5;

    // Older days are slips of the pen; the year after the last one must still be a date.
    private const int FirstYear = 2000, LastYear = 2199;

    /// <summary>Either a period or two days; the month of today where nothing is said.</summary>
    public static (DateOnly From, DateOnly To) Read(string? period, string? from, string? to, DateOnly today, Defects defects)
    {
        if (period is { Length: > 0 })
        {
            if (from is { Length: > 0 } || to is { Length: > 0 })
                defects.Add("period", "Chỉ dùng kỳ, hoặc từ ngày và đến ngày.", "Either a period or from and to.");
            if (Parse(period) is { } days)
                return days;
            defects.Add("period", "Kỳ phải có dạng 2026-03, 2026-Q1 hoặc 2026.", "A period is 2026-03, 2026-Q1 or 2026.");
            return Month(today);
        }

        if (from is not { Length: > 0 } && to is not { Length: > 0 })
            return Month(today);
        return (Day("from", from, defects) ?? today, Day("to", to, defects) ?? today);
    }

    /// <summary>First and last day; null for what is no period.</summary>
    public static (DateOnly From, DateOnly To)? Parse(string period) =>
        PeriodName.Parse(period.Replace('q', 'Q')) is { From.Year: >= FirstYear and <= LastYear } named ? (named.From, named.To) : null;

    public static (DateOnly From, DateOnly To) Month(DateOnly day)
    {
        var month = new PeriodName(new DateOnly(day.Year, day.Month, 1), 1);
        return (month.From, month.To);
    }

    /// <summary>What is wrong with two days.</summary>
    public static void Check(DateOnly from, DateOnly to, DateOnly today, Defects defects)
    {
        if (from.Year < FirstYear || to.Year > LastYear)
            defects.Add("from", $"Năm phải từ {FirstYear} đến {LastYear}.", $"Years are {FirstYear} to {LastYear}.");
        else if (to < from)
            defects.Add("to", "Ngày cuối phải không trước ngày đầu.", "The last day must not be before the first.");
        else if (to >= from.AddYears(MostYears))
            defects.Add("to", $"Kỳ báo cáo dài nhất là {MostYears} năm.", $"A report covers {MostYears} years at most.");
        if (from > today)
            defects.Add("from", "Kỳ báo cáo chưa bắt đầu.", "The period has not begun yet.");
    }

    /// <summary>A day, or null and a defect.</summary>
    public static DateOnly? Day(string field, string? text, Defects defects)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        defects.Add(field, "Cần một ngày dạng yyyy-MM-dd.", "A day as yyyy-MM-dd is needed.");
        return null;
    }
}
