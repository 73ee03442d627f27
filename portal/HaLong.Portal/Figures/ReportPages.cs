using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Portal.Figures;

/// <summary><c>/figures/reports</c>: every report as a table with a chart, and as a file.</summary>
internal static class ReportPages
{
    private static readonly string[] Formats = ["csv", "xlsx", "pdf"];

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/reports", ListAsync);
        group.MapGet("/reports/{name}", ShowAsync);
        group.MapGet("/reports/{name}/file", FileAsync);
    }

    private static async Task<IResult> ListAsync(string? unit, string? period, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var asking = Asked.ReadAsync(unit, period, api, context, ct);
        var kinds = await api.GetAsync<IReadOnlyList<ReportKind>>("statistics/reports", ct);
        return Otherwise.Of(kinds, context) ?? Pages.Of<Reports>(new ReportsModel(await asking, kinds), (int)kinds.Status);
    }

    private static async Task<IResult> ShowAsync(
        string name, string? unit, string? period, [AsParameters] Chosen chosen, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var choice = chosen.ToChoice();
        var (asking, kinds) = (Asked.ReadAsync(unit, period, api, context, ct), api.GetAsync<IReadOnlyList<ReportKind>>("statistics/reports", ct));
        var report = await api.GetAsync<Report>(Query.Of($"statistics/reports/{Uri.EscapeDataString(name)}", [("unit", unit), ("period", period), .. choice.Query]), ct);
        return Otherwise.Of(report, context) ?? Pages.Of<ShowReport>(
            new ReportModel(await asking, name, (await kinds).Value?.FirstOrDefault(k => k.Name == name), choice, report), (int)report.Status);
    }

    private static Task<IResult> FileAsync(string name, string? format, string? unit, string? period, string? by, ApiClient api, HttpContext context, CancellationToken ct)
    {
        if (!Formats.Contains(format))
            return Task.FromResult(Pages.Of<NotFound>((int)HttpStatusCode.NotFound));
        var file = $"{name}-{period ?? "nay"}.{format}";
        return Files.AttachedAsync(Query.Of($"statistics/reports/{Uri.EscapeDataString(name)}.{format}", ("unit", unit), ("period", period), ("by", by)), file, api, context, ct);
    }

    /// <summary>What is chosen in the address.</summary>
    internal sealed record Chosen(
        [FromQuery] string? By, [FromQuery] string? Measure, [FromQuery] string? Procedure, [FromQuery] string? Field, [FromQuery] string? Level, [FromQuery] string? Source)
    {
        public ReportChoice ToChoice() => new(By, Measure, Procedure, Field, Level, Source);
    }
}
