using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Keeping.Rebuilding;
using HaLong.Dossiers.Statistics.Waits;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Keeping;

/// <summary>Facts and cubes, kept as dossiers change and made anew when asked for.</summary>
internal static class KeepingArea
{
    public static IHostApplicationBuilder AddKeeping(this IHostApplicationBuilder builder)
    {
        builder.AddOptions<KeepingOptions>(KeepingOptions.Section)
            .Validate(o => o.IsValid, "Statistics:Interval, Statistics:Retry and Statistics:MostLag must be more than zero.");
        var services = builder.Services;
        services.AddSingleton<CubeReader>().AddSingleton<WaitReader>().AddSingleton<KeepTelemetry>().AddSingleton<RebuildBook>();
        services.AddScoped<CubeWriter>().AddScoped<KeepClaim>().AddScoped<RebuildRun>().AddScoped<SampleCheck>();
        services.AddSingleton<FactsOf>(s => s.GetRequiredService<FactSource>().OfAsync).AddSingleton<AllFacts>(s => s.GetRequiredService<FactSource>().AllAsync);
        services.AddSingleton<StatisticsKeeper>().AddHostedService(s => s.GetRequiredService<StatisticsKeeper>());
        services.AddSingleton<StatisticsRebuild>().AddHostedService(s => s.GetRequiredService<StatisticsRebuild>());
        services.AddSingleton<NightlyCheck>().AddHostedService(s => s.GetRequiredService<NightlyCheck>());
        services.AddHealthChecks().AddCheck<KeepHealth>("statistics");
        services.AddScoped<StartRebuild>().AddScoped<GetRebuild>();
        return builder;
    }

    public static void MapKeeping(this IEndpointRouteBuilder app)
    {
        StartRebuild.Map(app);
        GetRebuild.Map(app);
    }
}
