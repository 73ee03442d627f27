using System.Globalization;

namespace HaLong.Bench.Statistics;

/// <summary>
/// Every question of a dashboard: of one unit as its leader asks, of the whole province as an auditor does, for the last month, this quarter and this year.
/// <c>{u}</c> stands for the unit, <c>{p}</c> for the period, <c>{y}</c> for this year.
/// </summary>
internal static class DashboardQuestions
{
    private const string Reports = "/api/v1/statistics/reports/", Behind = "/api/v1/index766/dossiers?unit={u}&period={p}&component=";

    private static readonly (string Name, string Path)[] OfPeriods =
    [
        ("overview", "/api/v1/statistics/overview?unit={u}&period={p}"), ("index", "/api/v1/index766?unit={u}&period={p}"),
        ("index_ranking", "/api/v1/index766/ranking?under={u}&period={p}"), ("index_what_if", "/api/v1/index766/what-if"),
        ("accuracy", "/api/v1/statistics/expected-wait/accuracy?unit={u}&period={p}"), ("portal", "/api/v1/statistics/portal?unit={u}&period={p}"),
        ("ratings", "/api/v1/statistics/ratings?unit={u}&period={p}"),
        .. new[] { "ranking", "trend", "reorganisation", "waits" }.Select(r => ("report_" + r, Reports + r + "?unit={u}&period={p}")),
        .. By("period", "unit", "level", "procedure", "field"), .. By("intake", "level", "unit", "procedure", "field", "source", "hand", "helper", "month"),
        .. By("digitisation", "unit", "procedure"), .. By("punctuality", "unit", "procedure"), .. By("supplements", "unit", "procedure"),
        .. By("payments", "unit", "procedure"), .. By("satisfaction", "unit", "procedure"), .. By("helpers", "helper", "procedure"),
        .. By("waits", "unit", "procedure", "field"),
    ];

    /// <summary>What figures open to: dossiers, procedures, feedback, complaints.</summary>
    private static readonly (string Name, string Path)[] Lists =
    [
        ("behind_dossiers", Behind + "2.1&part=denominator"), ("behind_late", Behind + "2.1&part=missing"), ("behind_portal", Behind + "1.4&part=denominator"),
        ("behind_online", Behind + "3.3&part=numerator"), ("behind_fees", Behind + "3.6&part=missing"), ("behind_digital", Behind + "4.2&part=denominator"),
        ("behind_store", Behind + "4.4&part=missing"), ("behind_procedures", Behind + "3.1&part=missing"), ("behind_feedback", Behind + "5.2&part=denominator"),
        ("behind_answers", Behind + "5.3&part=missing"), ("behind_complaints", Behind + "5.4&part=missing"),
        ("rating_comments", "/api/v1/statistics/ratings/comments?unit={u}&period={p}"),
    ];

    /// <summary>Of quarters and years only.</summary>
    private static readonly (string Name, string Path)[] Evaluations =
    [
        ("evaluation_agency", "/api/v1/evaluations/agency?unit={u}&period={p}"), ("evaluation_officers", "/api/v1/evaluations/officers?unit={u}&period={p}"),
        ("evaluation_me", "/api/v1/evaluations/me?period={p}"),
    ];

    /// <summary>Of no period.</summary>
    private static readonly (string Name, string Path)[] Standing =
    [
        ("index_history", "/api/v1/index766/history?unit={u}"), ("portal_overview", "/api/v1/admin/portal/overview?unit={u}"),
        ("schedules", "/api/v1/statistics/schedules"), ("report_files", "/api/v1/statistics/report-files"),
    ];

    private static readonly (string Name, string Path)[] StandingLists =
    [
        ("portal_ledger", "/api/v1/admin/portal/ledger?unit={u}"), ("portal_rejected", "/api/v1/admin/portal/ledger?unit={u}&state=rejected"),
        ("portal_drift", "/api/v1/admin/portal/ledger?unit={u}&drift=missing"), ("feedback", "/api/v1/admin/feedback?unit={u}"),
        ("feedback_late", "/api/v1/admin/feedback?unit={u}&late=true"),
    ];

    private static readonly (string Name, string Path)[] OfAnybody =
    [
        ("public", "/api/v1/statistics/public?period={p}"), ("open_intake", "/api/v1/open-data/intake-by-month-and-level.csv?period={y}"),
        ("open_punctuality", "/api/v1/open-data/punctuality-by-procedure.csv?period={y}"),
        ("open_digitisation", "/api/v1/open-data/digitisation-by-month.csv?period={y}"),
        ("open_waits", "/api/v1/open-data/waits-by-procedure.csv?period={y}"), ("open_index", "/api/v1/open-data/index766-by-month.csv?period={y}"),
        ("feedback_published", "/api/v1/feedback/published"),
    ];

    public static IReadOnlyList<(string Name, string Period)> Periods(DateOnly today)
    {
        var (month, year) = (new DateOnly(today.Year, today.Month, 1).AddMonths(-1), today.Year.ToString(CultureInfo.InvariantCulture));
        return [("month", month.ToString("yyyy-MM", CultureInfo.InvariantCulture)), ("quarter", $"{year}-Q{((today.Month - 1) / 3) + 1}"), ("year", year)];
    }

    /// <param name="unit">The leader's.</param>
    /// <param name="province">The unit above all.</param>
    /// <param name="procedure">One with many dossiers.</param>
    /// <param name="today">Tells the periods.</param>
    public static IReadOnlyList<Question> All(string unit, string province, string procedure, DateOnly today)
    {
        var periods = Periods(today);
        var year = periods[^1].Period;
        (string Scope, string Who, string Unit)[] scopes = [("unit", "leader", unit), ("province", "auditor", province)];
        return
        [
            .. from s in scopes from p in periods from q in OfPeriods select Of(q, s, p),
            .. from s in scopes from p in periods from q in Lists select Of(q, s, p) with { Paged = true },
            .. from s in scopes from p in periods.Skip(1) from q in Evaluations select Of(q, s, p),
            .. from s in scopes from q in Standing select Of(q, s, null),
            .. from s in scopes from q in StandingLists select Of(q, s, null) with { Paged = true },
            new("http_register_unit", "leader", $"/api/v1/admin/register?unit={unit}&year={year}") { Paged = true },
            new("http_register_books_unit", "leader", $"/api/v1/admin/register/{year}/books?unit={unit}"),
            .. from q in OfAnybody from p in q.Path.Contains("{p}", StringComparison.Ordinal) ? periods : [("", year)]
               select new Question(Name(q.Name, p.Name), null, Filled(q.Path, province, p.Period)),
            new("http_expected_wait", null, $"/api/v1/procedures/{procedure}/expected-wait"),
            new("http_procedure_rating", null, $"/api/v1/procedures/{procedure}/rating"),
        ];
    }

    private static Question Of((string Name, string Path) question, (string Scope, string Who, string Unit) scope, (string Name, string Period)? period) =>
        new(Name(question.Name, scope.Scope, period?.Name ?? ""), scope.Who, Filled(question.Path, scope.Unit, period?.Period ?? ""))
        {
            Body = question.Name == "index_what_if" ? new { unit = scope.Unit, period = period?.Period, changes = new { received = 1_000_000 } } : null,
        };

    private static IEnumerable<(string, string)> By(string report, params string[] rows) =>
        rows.Select(by => ($"report_{report}_by_{by}", $"{Reports}{report}?unit={{u}}&period={{p}}&by={by}"));

    private static string Name(params string[] parts) => "http_" + string.Join('_', parts.Where(p => p.Length > 0));

    private static string Filled(string path, string unit, string period) =>
        path.Replace("{u}", unit, StringComparison.Ordinal).Replace("{p}", period, StringComparison.Ordinal).Replace("{y}", period, StringComparison.Ordinal);
}
