using HaLong.Dossiers.Statistics.Reports.Cube;
using HaLong.Dossiers.Statistics.Reports.Open;
using HaLong.Dossiers.Statistics.Reports.Overview;
using HaLong.Dossiers.Statistics.Reports.Special;

namespace HaLong.Dossiers.Statistics.Reports;

/// <summary>Reports, the overview of leaders, and the totals that everybody sees.</summary>
internal static class ReportsArea
{
    public static void AddReports(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ReportTelemetry>().AddSingleton<VersionReader>().AddSingleton<PublicFigures>();
        builder.Services.AddScoped<NameBook>().AddScoped<CubeReportMaker>().AddScoped<ReportShelf>();
        builder.Services.AddScoped<WaitsReport>().AddScoped<RankingReport>().AddScoped<TrendReport>().AddScoped<ReorganisationReport>();
        builder.Services.AddScoped<GetOverview>();
    }

    public static void MapReports(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/statistics").WithTags("Statistics");
        ListReports.Map(group);
        GetReport.Map(group);
        GetOverview.Map(group);
        GetPublicTotals.Map(group);
    }
}
