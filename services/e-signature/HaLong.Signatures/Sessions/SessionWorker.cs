using HaLong.ServiceDefaults;
using HaLong.Signatures.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Sessions;

/// <summary>
/// Takes up orders that nobody is at work on: those whose process died between two steps, and those whose provider has still to answer; then
/// does what falls due by the clock. Replicas may run this at the same time: each claims its own rows.
/// </summary>
internal sealed partial class SessionWorker(IServiceScopeFactory scopes, IOptions<SessionOptions> options, TimeProvider time, ILogger<SessionWorker> log)
    : BackgroundService
{
    /// <summary>Does everything that is due at this moment.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (await ClaimAsync(ct) is { } order)
            await AdvanceAsync(order, ct);
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SessionKeeping>().RunAsync(ct);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(TimeSpan.FromSeconds(options.Value.WorkerSeconds), time, RunAsync, e => Failed(log, e), stoppingToken, atOnce: true);

    // Claiming is putting off: should this process die too, another comes when the lease is over.
    private async Task<Guid?> ClaimAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var lease = now.AddSeconds(options.Value.LeaseSeconds);
        await using var scope = scopes.CreateAsyncScope();
        var claimed = await scope.ServiceProvider.GetRequiredService<SignatureDbContext>().Database.SqlQuery<Guid>($"""
            UPDATE signing_order SET next_at = {lease}, noticed_at = NULL WHERE id = (
                SELECT id FROM signing_order WHERE (state IN ('Prepared', 'Begun', 'Answered') AND next_at <= {now}) OR noticed_at IS NOT NULL
                ORDER BY next_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
            RETURNING id AS "Value"
            """).ToListAsync(ct);
        return claimed.Count == 0 ? null : claimed[0];
    }

    // One order that cannot be moved on must not keep the others: it is tried again after its lease.
    private async Task AdvanceAsync(Guid order, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<OrderSteps>().AdvanceAsync(order, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            Stuck(log, e, order);
        }
    }

    [LoggerMessage(5075, LogLevel.Error, "Order {OrderId} could not be moved on; tried again later")]
    private static partial void Stuck(ILogger log, Exception exception, Guid orderId);

    [LoggerMessage(5142, LogLevel.Error, "Work on signing sessions failed; tried again at the next turn")]
    private static partial void Failed(ILogger log, Exception exception);
}
