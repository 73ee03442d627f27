using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Reports;

/// <summary>What is asked in the address of a report.</summary>
internal sealed class ReportQuery
{
    /// <summary>Only this unit and those below it.</summary>
    public string? Unit { get; init; }

    /// <summary>2026-03, 2026-Q1 or 2026; or from and to.</summary>
    public string? Period { get; init; }

    /// <summary>First day, yyyy-MM-dd.</summary>
    public string? From { get; init; }

    /// <summary>Last day, yyyy-MM-dd.</summary>
    public string? To { get; init; }

    /// <summary>What the rows are.</summary>
    public string? By { get; init; }

    /// <summary>For ranking and trend.</summary>
    public string? Measure { get; init; }

    /// <summary>Only this procedure.</summary>
    public string? Procedure { get; init; }

    /// <summary>Only this field.</summary>
    public string? Field { get; init; }

    /// <summary>province, district or commune.</summary>
    public string? Level { get; init; }

    /// <summary>Only from this source.</summary>
    public string? Source { get; init; }

    /// <summary>Only filed by this hand.</summary>
    public string? Hand { get; init; }

    /// <summary>For the reorganisation: its day, yyyy-MM-dd.</summary>
    public string? On { get; init; }

    /// <summary>The request, or everything that is wrong with it.</summary>
    public Result<ReportRequest> Read(string name, DateOnly today)
    {
        if (!ReportShelf.Names.Contains(name, StringComparer.Ordinal))
            return ReportErrors.NoSuchReport;
        var defects = new Defects();
        var (from, to) = ReportPeriod.Read(Period, From, To, today, defects);
        var request = new ReportRequest(name, Unit, from, to, By)
        {
            Measure = Measure,
            Procedure = Procedure,
            Field = Field,
            Level = Level,
            Source = Source,
            Hand = Hand,
            On = On is null ? null : ReportPeriod.Day("on", On, defects),
        };
        ReportShelf.Check(request, today, defects);
        return defects.Error is { } error ? error : request;
    }
}

/// <summary>One report.</summary>
internal static class GetReport
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/reports/{name}", HandleAsync)
        .RequireAuthorization(Policies.Staff)
        .WithSummary("A report (leader, chief, approver: own unit and below; auditor, administrator: all)")
        .WithDescription(
            "Names are those of `GET …/reports`. The period is `period=2026-03|2026-Q1|2026` or `from` and `to` (days, both included, five years at " +
            "most), this month where nothing is said. `by` chooses the rows; other parameters limit what is counted. Beside every percentage stand its " +
            "numerator and denominator; null means there was nothing to " +
            "count. Figures are eventually consistent, seconds behind the dossiers.")
        .Answers<ReportView>(200, 400, 401, 403, 404, 503);

    private static async Task<IResult> HandleAsync(
        string name, [AsParameters] ReportQuery query, ReportShelf shelf, TimeProvider time, HttpContext http, CancellationToken ct)
    {
        var request = query.Read(name, LocalTime.Date(time.GetUtcNow()));
        if (!request.IsSuccess)
            return request.Error.ToProblem();
        http.Response.Headers.CacheControl = "private, no-cache";
        return (await shelf.MakeAsync(request.Value, ct)).Match(table => TypedResults.Ok(ReportView.Of(table)));
    }
}
