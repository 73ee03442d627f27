using HaLong.Dossiers.Watchdog.Ladders;
using HaLong.Dossiers.Watchdog.Rounds;
using HaLong.Dossiers.Watchdog.Views;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Watchdog;

/// <summary>No silent wait: who is warned when a dossier waits too long, and what follows when its due date passes.</summary>
internal static class WatchdogArea
{
    public static void AddWatchdog(this IHostApplicationBuilder builder)
    {
        builder.AddOptions<WatchdogOptions>(WatchdogOptions.Section)
            .Validate(o => o.IsValid, "Dossiers:Watchdog: the interval is more than zero, per cents are 0 to 100, days and minutes are not below zero.");
        var services = builder.Services;
        services.AddSingleton<WaitReckoner>().AddSingleton<WatchTelemetry>();
        services.AddScoped<WatchClaim>().AddScoped<WarningWriter>().AddScoped<SurroundingsReader>().AddScoped<OverdueDesk>();
        services.AddSingleton<WatchRounds>().AddHostedService(s => s.GetRequiredService<WatchRounds>());
        services.AddHealthChecks().AddCheck<WatchHealth>("watchdog");
        services.AddScoped<WaitSight>().AddScoped<ListWaits>().AddScoped<CountWaits>().AddScoped<GetDossierWaits>();
    }

    public static void MapWatchdog(this IEndpointRouteBuilder app)
    {
        var admin = app.MapGroup("/api/v1/admin/waits").WithTags("Waits");
        ListWaits.Map(admin);
        CountWaits.Map(admin);
        GetDossierWaits.Map(app.MapGroup("/api/v1/dossiers").WithTags("Dossiers"));
    }
}
