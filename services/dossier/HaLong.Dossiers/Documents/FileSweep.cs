using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Documents;

/// <summary>Removes files that no document refers to: deleted drafts, removed documents, uploads whose transaction failed.</summary>
internal sealed partial class FileSweep(
    IServiceScopeFactory scopes, FileStore store, IOptions<FileOptions> options, TimeProvider time, ILogger<FileSweep> log) : BackgroundService
{
    private const int Batch = 500;

    /// <summary>One round; gives the number of files removed.</summary>
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        var age = options.Value.OrphanAge;
        var removed = store.RemoveIncoming(age);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
        foreach (var hashes in store.OlderThan(age, Batch))
        {
            var known = await db.Documents.Where(d => hashes.Contains(d.Sha256)).Select(d => d.Sha256).ToListAsync(ct);
            removed += hashes.Except(known).Count(hash => store.Remove(hash, age));
        }
        if (removed > 0)
            Swept(log, removed);
        return removed;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                SweepFailed(log, e);
            }
        }
    }

    [LoggerMessage(4010, LogLevel.Information, "Removed {Files} files that nobody refers to")]
    private static partial void Swept(ILogger log, int files);

    [LoggerMessage(4011, LogLevel.Warning, "The sweep of files failed; tried again later")]
    private static partial void SweepFailed(ILogger log, Exception e);
}
