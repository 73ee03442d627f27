using HaLong.Dossiers.Archive.Destruction;
using HaLong.Dossiers.Archive.Exports;
using HaLong.Dossiers.Archive.Retention;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Archive;

/// <summary>
/// Does what was ordered, piece by piece: exports, destruction, minutes, old drafts. Each piece is a transaction of its own, so several replicas share
/// the work and a restart goes on where it was.
/// </summary>
internal sealed partial class ArchiveRounds(IServiceScopeFactory scopes, ArchiveTelemetry telemetry, IOptions<ArchiveOptions> options, TimeProvider time, ILogger<ArchiveRounds> log)
    : BackgroundService
{
    private readonly SemaphoreSlim wake = new(0, 1);

    /// <summary>Looks now.</summary>
    public void Wake()
    {
        try
        {
            wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody has said so already.
        }
    }

    public override void Dispose()
    {
        wake.Dispose();
        base.Dispose();
    }

    /// <summary>One round. What fails is said and tried again in the next one, and does not keep the rest waiting.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await TryAsync("exports", () => EachAsync((ArchiveClaim claim) => claim.RunOneAsync(ct)), ct);
        await TryAsync("destruction", () => EachAsync((Destroyer destroyer) => destroyer.RunOneAsync(ct)), ct);
        await TryAsync("minutes", () => EachAsync((MinutesWriter minutes) => minutes.RunOneAsync(ct)), ct);
        await TryAsync("drafts", () => InScopeAsync(async (DraftExpiry drafts) =>
        {
            await drafts.RunAsync(ct);
            return false;
        }), ct);
        await TryAsync("count", () => InScopeAsync(async (DossierDbContext db) =>
        {
            var approved = db.DestructionLists.Where(l => l.State == DestructionState.Approved).Select(l => l.Id);
            telemetry.Waiting(
                await db.ArchiveItems.LongCountAsync(i => i.State == ArchiveItemState.Pending, ct),
                await db.DestructionItems.LongCountAsync(i => i.State == DestructionItemState.Pending && approved.Contains(i.ListId), ct));
            return false;
        }), ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await wake.WaitAsync(options.Value.Interval, stoppingToken);
            await RunAsync(stoppingToken);
        }
    }

    private async Task EachAsync<T>(Func<T, Task<bool>> piece)
        where T : notnull
    {
        while (await InScopeAsync(piece))
        {
        }
    }

    private async Task<bool> InScopeAsync<T>(Func<T, Task<bool>> work)
        where T : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<T>());
    }

    private async Task TryAsync(string what, Func<Task> work, CancellationToken ct)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Failed(log, e, what, time.GetUtcNow() + options.Value.Interval);
        }
    }

    [LoggerMessage(4082, LogLevel.Warning, "Archive work ({What}) failed; it is tried again at {Next}")]
    private static partial void Failed(ILogger log, Exception e, string what, DateTimeOffset next);
}
