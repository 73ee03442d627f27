using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Files.Checks;

/// <summary>
/// Looks at the documents that are due: those just attached at once, those for which somebody did not answer after a pause. A replica takes a
/// few rows by moving their time ahead; if it dies with them, they are due again then.
/// </summary>
internal sealed partial class PreflightQueue(
    IServiceScopeFactory scopes, PreflightRunner runner, PreflightSignal signal, IOptions<FileOptions> options, TimeProvider time, ILogger<PreflightQueue> log)
    : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(3);

    /// <summary>One round; gives the number of documents looked at.</summary>
    public async Task<int> RunOnceAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
        var now = time.Now();
        var until = now + Turn;
        var ids = await db.Database.SqlQuery<Guid>($"""
            UPDATE dossier_document SET preflight_due_at = {until} WHERE id IN (
                SELECT id FROM dossier_document WHERE preflight_due_at <= {now} ORDER BY preflight_due_at LIMIT {4 * options.Value.Preflight.Workers} FOR UPDATE SKIP LOCKED)
            RETURNING id AS "Value"
            """).ToListAsync(ct);
        await Task.WhenAll(ids.Select(runner.RunAsync));
        return ids.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Preflight.Enabled)
            return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await RunOnceAsync(stoppingToken) == 0)
                    await signal.WaitAsync(Poll, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                RoundFailed(log, e);
                await Task.Delay(Poll, time, stoppingToken);
            }
        }
    }

    [LoggerMessage(4044, LogLevel.Warning, "Documents that are due could not be taken; tried again")]
    private static partial void RoundFailed(ILogger log, Exception e);
}

/// <summary>Tells the queue of this process that something was attached, so that nobody waits for the next look at the table.</summary>
internal sealed class PreflightSignal : IDisposable
{
    private readonly SemaphoreSlim signal = new(0, 1);

    public void Set()
    {
        try
        {
            if (signal.CurrentCount == 0)
                signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Two at once: one signal is enough.
        }
    }

    public void Dispose() => signal.Dispose();

    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => signal.WaitAsync(atMost, ct);
}
