using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Reports;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Files;

/// <summary>A report as a file. Who took which one is in the evidence: figures that left the platform can be traced.</summary>
internal sealed class DownloadReport(ReportShelf shelf, ReportFileMaker maker, DossierDbContext db, TimeProvider time)
{
    /// <summary>Kind of the evidence.</summary>
    public const string Evidence = "statistics.report-exported";

    internal sealed record Question(string Name, string? Unit, DateOnly? From, DateOnly? To, string? Period, string? By, string? Lang);

    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var format in ReportFile.Formats)
            app.MapGet($"/api/v1/statistics/reports/{{name}}.{format}",
                    (string name, string? unit, DateOnly? from, DateOnly? to, string? period, string? by, string? lang, DownloadReport handler,
                        HttpContext http, CancellationToken ct) =>
                        handler.HandleAsync(format, new Question(name, unit, from, to, period, by, lang), http, ct))
                .RequireAuthorization(Policies.Staff)
                .WithTags("Statistics")
                .WithSummary($"A report as {format.ToUpperInvariant()} (chief, approver, leader: own unit and below; auditor, administrator: all)")
                .WithDescription("The same parameters as the report itself, and lang=vi or en (default: the language of the request). This month so far unless a period is named.")
                .Answers(200, 400, 403, 404);
    }

    private async Task<IResult> HandleAsync(string format, Question asked, HttpContext http, CancellationToken ct)
    {
        var today = LocalTime.Date(time.GetUtcNow());
        var (period, error) = PeriodOf(asked, today);
        if (asked.Lang is not (null or ReportWords.Vi or ReportWords.En))
            error = (error ?? ReportFileErrors.BadRequest).WithField("lang", "Ngôn ngữ là vi hoặc en.", "The language is vi or en.");
        if (error is not null)
            return error.ToProblem();
        var report = await shelf.MakeAsync(new ReportRequest(asked.Name, asked.Unit, period.From, period.To, asked.By), ct);
        if (!report.IsSuccess)
            return report.Error.ToProblem();
        var made = await maker.MakeAsync(report.Value, asked.Unit, format, asked.Lang ?? (Text.IsEnglish ? ReportWords.En : ReportWords.Vi), ct);
        if (!made.IsSuccess)
            return made.Error.ToProblem();
        db.Record(Evidence, report.Value.Name, new { report.Value.Name, asked.Unit, period.From, period.To, asked.By, format, rows = report.Value.Rows.Count });
        await db.SaveChangesAsync(ct);
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Bytes(made.Value.Content, made.Value.MediaType, made.Value.Name);
    }

    private static (ReportPeriod Period, Error? Error) PeriodOf(Question asked, DateOnly today)
    {
        if (asked.Period is not null)
            return asked is { From: null, To: null } && ReportPeriod.Parse(asked.Period) is { } named
                ? (named, null)
                : (default, ReportFileErrors.BadRequest.WithField(
                    "period", "Kỳ có dạng 2026-03, 2026-Q1 hoặc 2026, và không đi cùng from, to.",
                        "A period is 2026-03, 2026-Q1 or 2026, and without from and to."));
        var to = asked.To ?? today;
        var period = new ReportPeriod(asked.From ?? new DateOnly(to.Year, to.Month, 1), to);
        Error? error = null;
        if (period.From > period.To)
            error = ReportFileErrors.BadRequest.WithField("from", "Ngày đầu phải không sau ngày cuối.", "The first day must not be after the last.");
        else if (period.To.Year < 2000 || period.To.Year > 2100 || period.From.AddYears(ReportPeriod.MostYears) <= period.To)
            error = ReportFileErrors.BadRequest.WithField("from", "Kỳ dài nhất là 5 năm.", "A period is five years at most.");
        return (period, error);
    }
}
