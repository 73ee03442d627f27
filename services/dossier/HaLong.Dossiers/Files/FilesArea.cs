using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Files.Checks;
using HaLong.Dossiers.Files.Links;
using HaLong.Dossiers.Files.Sandbox;
using HaLong.Dossiers.Files.Uploads;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Files;

/// <summary>Uploads, storage, checks before filing, links: what they consist of.</summary>
internal static class FilesArea
{
    public static void AddFiles(this IServiceCollection services)
    {
        services.AddSingleton<IBlobs>(s => s.GetRequiredService<IOptions<FileOptions>>() is { Value.S3.IsUsed: true } options
            ? new S3Blobs(options)
            : new DiskBlobs(s.GetRequiredService<IOptions<FileOptions>>()));
        services.AddSingleton<FileStore>().AddSingleton<PieceStore>().AddSingleton<FileSweep>().AddSingleton<FileTelemetry>().AddSingleton<FileGauge>();
        services.AddScoped<UploadDesk>().AddScoped<UploadWriter>().AddScoped<UploadFinisher>();
        services.AddScoped<CreateUpload>().AddScoped<GetUploadOffset>().AddScoped<PatchUpload>().AddScoped<TerminateUpload>();
        services.AddSingleton<SandboxPool>().AddSingleton<ClamAv>().AddScoped<SignatureCheck>();
        services.AddSingleton<PreflightRunner>().AddSingleton<PreflightSignal>().AddSingleton<PreflightQueue>();
        services.AddScoped<Preflight>().AddScoped<GetPreflight>().AddScoped<DocumentIntake>();
        services.AddScoped<CreateDocumentLink>().AddScoped<OpenDocumentLink>();
        services.AddHostedService(s => s.GetRequiredService<FileSweep>()).AddHostedService(s => s.GetRequiredService<FileGauge>());
        services.AddHostedService(s => s.GetRequiredService<PreflightQueue>());
    }

    /// <summary>What belongs to a dossier.</summary>
    public static void MapOfDossiers(IEndpointRouteBuilder dossiers)
    {
        GetPreflight.Map(dossiers);
        CreateDocumentLink.Map(dossiers);
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        var uploads = app.MapGroup("/api/v1/uploads").WithTags("Uploads");
        CreateUpload.Map(uploads);
        GetUploadOffset.Map(uploads);
        PatchUpload.Map(uploads);
        TerminateUpload.Map(uploads);
        OpenDocumentLink.Map(app);
    }
}
