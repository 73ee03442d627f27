using HaLong.Dossiers.Statistics.Evaluation;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Index;
using HaLong.Dossiers.Statistics.Keeping;
using HaLong.Dossiers.Statistics.Reports;
using HaLong.Dossiers.Statistics.Sight;
using HaLong.Dossiers.Statistics.Units;
using HaLong.Dossiers.Statistics.Waits;

namespace HaLong.Dossiers.Statistics;

/// <summary>Figures of dossiers, and the index that serves people and business.</summary>
internal static class StatisticsArea
{
    public static IHostApplicationBuilder AddStatistics(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(IndexBook.Load());
        builder.Services.AddScoped<UnitBook>().AddScoped<StatisticsSight>();
        builder.AddFacts();
        builder.AddKeeping();
        builder.AddIndex();
        builder.AddEvaluations();
        builder.AddReports();
        builder.AddReportFiles();
        builder.AddExpectedWaits();
        return builder;
    }

    public static void MapStatistics(this IEndpointRouteBuilder app)
    {
        app.MapKeeping();
        app.MapIndex();
        app.MapEvaluations();
        app.MapReports();
        app.MapReportFiles();
        app.MapExpectedWaits();
    }
}
