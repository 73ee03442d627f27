using HaLong.Dossiers.Statistics.Units;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Facts;

/// <summary>What statistics know of each dossier, from its history.</summary>
internal static class FactsArea
{
    public static void AddFacts(this IHostApplicationBuilder builder)
    {
        builder.AddOptions<FactOptions>(FactOptions.Section);
        builder.Services.AddSingleton<FactTelemetry>().AddSingleton<UnitLevels>().AddSingleton<HistoryReader>().AddSingleton<FactSource>();
        builder.Services.AddScoped<Intake>();
    }
}
