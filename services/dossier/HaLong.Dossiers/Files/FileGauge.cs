using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Files;

/// <summary>Counts twice a minute what is under way: open uploads, and documents that nobody has looked at.</summary>
internal sealed partial class FileGauge(IServiceScopeFactory scopes, FileTelemetry telemetry, TimeProvider time, ILogger<FileGauge> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    public async Task CountAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
        var uploads = await db.Uploads.GroupBy(_ => 1).Select(g => new { Count = g.LongCount(), Bytes = g.Sum(u => u.Received) }).SingleOrDefaultAsync(ct);
        var waiting = await db.Documents.Where(d => d.PreflightDueAt != null).GroupBy(_ => 1)
            .Select(g => new { Count = g.LongCount(), Oldest = g.Min(d => d.CreatedAt) }).SingleOrDefaultAsync(ct);
        telemetry.Show(new FileFigures(
            uploads?.Count ?? 0, uploads?.Bytes ?? 0, waiting?.Count ?? 0, waiting is null ? 0 : (time.GetUtcNow() - waiting.Oldest).TotalSeconds));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(Interval, time, CountAsync, e => CountFailed(log, e), stoppingToken);

    [LoggerMessage(4045, LogLevel.Warning, "Counting uploads and waiting documents failed")]
    private static partial void CountFailed(ILogger log, Exception e);
}
