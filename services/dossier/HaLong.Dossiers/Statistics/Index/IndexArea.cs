using HaLong.Dossiers.Statistics.Index.Closing;
using HaLong.Dossiers.Statistics.Index.Counting;
using HaLong.Dossiers.Statistics.Index.Opening;
using HaLong.Dossiers.Statistics.Index.Views;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Index;

/// <summary>The index 766: collected, closed by months, opened to what is behind it.</summary>
internal static class IndexArea
{
    public static void AddIndex(this IHostApplicationBuilder builder)
    {
        builder.AddOptions<IndexOptions>(IndexOptions.Section).Validate(o => o.IsValid, "Statistics:Index: the interval is more than zero.");
        var services = builder.Services;
        services.AddSingleton<IndexSource>().AddSingleton<IndexProcedures>().AddSingleton<IndexFeedback>().AddSingleton<IndexTelemetry>();
        services.AddScoped<ProcedureFiguresReader>().AddScoped<IndexCounts>().AddScoped<IndexDesk>().AddScoped<RankUnits>();
        services.AddScoped<OpenFigure>().AddScoped<DossiersBehind>().AddScoped<ProceduresBehind>().AddScoped<FeedbackBehind>();
        services.AddScoped<MonthCloser>().AddSingleton<IndexClosing>().AddHostedService(s => s.GetRequiredService<IndexClosing>());
        services.AddHealthChecks().AddCheck<IndexClosingHealth>("index-closing");
    }

    public static void MapIndex(this IEndpointRouteBuilder app)
    {
        GetIndexDefinitions.Map(app);
        CalculateIndex.Map(app);
        var index = app.MapGroup("/api/v1/index766").WithTags("Index 766");
        GetIndex.Map(index);
        RankUnits.Map(index);
        IndexHistory.Map(index);
        IndexWhatIf.Map(index);
        OpenFigure.Map(index);
        Closings.Map(index);
    }
}
