using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics;

/// <summary>Local days, both included.</summary>
internal readonly record struct DaySpan(DateOnly From, DateOnly To)
{
    public static readonly Error NotAPeriod = new(ErrorKind.Validation, "DOS-0849",
        "Kỳ số liệu là năm (2026), quý (2026-Q4) hoặc tháng (2026-11).", "A period is a year (2026), a quarter (2026-Q4) or a month (2026-11).");

    /// <summary>A year (2026), a quarter (2026-Q4) or a month (2026-11); without one the last twelve months up to today. Null for anything else.</summary>
    public static DaySpan? Parse(string? period, DateOnly today)
    {
        if (string.IsNullOrEmpty(period))
            return new DaySpan(today.AddMonths(-12).AddDays(1), today);
        // Years beyond these are no periods of anybody's statistics.
        return PeriodName.Parse(period) is { From.Year: >= 2000 and <= 2099 } named ? new DaySpan(named.From, named.To) : null;
    }
}
