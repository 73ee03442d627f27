using HaLong.Dossiers.Statistics.Waits.BackTest;
using HaLong.Dossiers.Statistics.Waits.Expected;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Waits;

/// <summary>How long it really takes, and how well that was told.</summary>
internal static class WaitsArea
{
    public static void AddExpectedWaits(this IHostApplicationBuilder builder)
    {
        builder.AddOptions<ExpectedWaitOptions>(ExpectedWaitOptions.Section)
            .Validate(o => o.Patience > TimeSpan.Zero && o.KeptFor > TimeSpan.Zero && o.WidestDays >= o.Days,
                "Statistics:ExpectedWait: Patience and KeptFor are more than zero, WidestDays is not less than Days.");
        builder.AddOptions<AccuracyOptions>(AccuracyOptions.Section)
            .Validate(o => o.Interval > TimeSpan.Zero, "Statistics:ExpectedWait:Accuracy: Interval is more than zero.");
        builder.Services.AddScoped<AccuracyMaker>().AddScoped<AccuracyReader>().AddSingleton<AccuracyTelemetry>();
        builder.Services.AddSingleton<AccuracyRounds>().AddHostedService(s => s.GetRequiredService<AccuracyRounds>());
        builder.Services.AddSingleton<StayReader>().AddSingleton<OutcomeReader>().AddSingleton<ExpectedWaitTelemetry>().AddSingleton<ExpectedWaits>();
    }

    public static void MapExpectedWaits(this IEndpointRouteBuilder app)
    {
        GetExpectedWait.Map(app);
        GetAccuracy.Map(app);
    }
}
