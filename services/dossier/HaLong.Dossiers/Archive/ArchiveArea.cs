using HaLong.Dossiers.Archive.Destruction;
using HaLong.Dossiers.Archive.Exports;
using HaLong.Dossiers.Archive.Retention;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Archive;

/// <summary>What happens to dossiers after their end: archive, retention, destruction.</summary>
internal static class ArchiveArea
{
    public static void AddArchive(this WebApplicationBuilder builder)
    {
        builder.AddOptions<ArchiveOptions>(ArchiveOptions.Section)
            .Validate(o => o.Interval > TimeSpan.Zero, "Archive:Interval must be longer than nothing.")
            .Validate(o => o.Rules.TrueForAll(r => r.Years is null or > 0), "Archive:Rules: Years must be more than 0, or absent for ever.");
        builder.Services.AddSingleton<ArchiveTelemetry>().AddSingleton<RetentionRules>()
            .AddScoped<ArchiveKeepers>().AddScoped<ArchiveMetadata>().AddScoped<ArchiveWriter>().AddScoped<GetArchive>().AddScoped<HoldDossier>()
            .AddScoped<OrderExport>().AddScoped<ReadExports>().AddScoped<ArchiveClaim>()
            .AddScoped<ProposeDestruction>().AddScoped<ReviewDestruction>().AddScoped<ReadDestruction>().AddScoped<Destroyer>().AddScoped<MinutesWriter>()
            .AddScoped<DraftExpiry>()
            .AddSingleton<ArchiveRounds>().AddHostedService(s => s.GetRequiredService<ArchiveRounds>());
    }

    public static void Map(IEndpointRouteBuilder app, IEndpointRouteBuilder dossiers)
    {
        GetArchive.Map(dossiers);
        HoldDossier.Map(dossiers);
        var exports = app.MapGroup("/api/v1/admin/archive-exports").WithTags("Archive");
        OrderExport.Map(exports);
        ReadExports.Map(exports);
        var lists = app.MapGroup("/api/v1/admin/destruction-lists").WithTags("Archive");
        ProposeDestruction.Map(lists);
        ReviewDestruction.Map(lists);
        ReadDestruction.Map(lists);
    }
}
