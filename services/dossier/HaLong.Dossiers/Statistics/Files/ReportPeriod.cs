namespace HaLong.Dossiers.Statistics.Files;

/// <summary>A period of local days, both included.</summary>
internal readonly record struct ReportPeriod(DateOnly From, DateOnly To)
{
    public const int MostYears = 5;

    private const int FirstYear = 2000, LastYear = 2100;

    /// <summary>2026-03, 2026-Q1 or 2026; null for anything else.</summary>
    public static ReportPeriod? Parse(string text) =>
        PeriodName.Parse(text) is { From.Year: >= FirstYear and <= LastYear } period ? new ReportPeriod(period.From, period.To) : null;
}
