using System.Globalization;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Statistics;
using HaLong.Dossiers.Statistics.Sight;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.NationalPortal.Views;

/// <summary>Synchronisation by unit and month: how much the portal knows, and who was late, the officers or the line.</summary>
internal sealed class GetPortalStatistics(StatisticsSight sight, PunctualityReader reader, TimeProvider time)
{
    /// <param name="Rows">By unit and month; a month of a unit without dossiers has none.</param>
    internal sealed record View(
        DateOnly From, DateOnly To, long Received, long Acknowledged, decimal? Synchronised, long Resolved, long LateByUs, long LateBySync,
            IReadOnlyList<PortalMonth> Rows)
    {
        public static View Of(DateOnly from, DateOnly to, IReadOnlyList<PortalMonth> rows)
        {
            var whole = new PortalMonth(
                "", "", rows.Sum(r => r.Received), rows.Sum(r => r.Acknowledged), rows.Sum(r => r.Resolved), rows.Sum(r => r.LateByUs),
                    rows.Sum(r => r.LateBySync));
            return new(from, to, whole.Received, whole.Acknowledged, whole.Synchronised, whole.Resolved, whole.LateByUs, whole.LateBySync, rows);
        }
    }

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/api/v1/statistics/portal", (string? unit, string? period, GetPortalStatistics handler, CancellationToken ct) => handler.HandleAsync(unit,
            period, ct))
        .RequireAuthorization(Policies.Staff)
        .WithTags("Statistics")
        .WithSummary("Synchronisation with the national portal by unit and month; late because of it apart from late because of us")
        .WithDescription("`period` is yyyy, yyyy-Qn or yyyy-MM; default: this month. "
            + "Leaders, chiefs and approvers: their unit and those below; auditors and administrators: all.")
        .Answers<View>(200, 400, 403);

    private async Task<IResult> HandleAsync(string? unit, string? period, CancellationToken ct)
    {
        var today = LocalTime.Date(time.GetUtcNow());
        if (PeriodOf(period, today) is not var (from, to))
            return PortalErrors.BadFilter.WithField("period", "Kỳ có dạng yyyy, yyyy-Qn hoặc yyyy-MM.", "A period is yyyy, yyyy-Qn or yyyy-MM.").ToProblem();
        var units = await sight.UnitsAsync(unit, ct);
        return units.IsSuccess ? TypedResults.Ok(View.Of(from, to, await reader.ReadAsync(units.Value, from, to, today, ct))) : units.Error.ToProblem();
    }

    /// <summary>First and last day; null for what is no period.</summary>
    public static (DateOnly From, DateOnly To)? PeriodOf(string? period, DateOnly today) =>
        PeriodName.Parse(period ?? today.ToString("yyyy-MM", CultureInfo.InvariantCulture)) is { } named ? (named.From, named.To) : null;
}
