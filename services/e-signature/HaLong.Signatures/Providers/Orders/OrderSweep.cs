using HaLong.ServiceDefaults;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Providers.SmartCa;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Providers.Orders;

/// <summary>
/// Looks after orders whose answer has not come: asks the provider where it can be asked, and ends those that nobody will answer any more. Replicas may run this
/// at the same time: each claims its own.
/// </summary>
internal sealed partial class OrderSweep(IServiceScopeFactory scopes, ProviderOrders orders, SmartCaProvider smartCa, TimeProvider time,
    ProviderTelemetry telemetry, ILogger<OrderSweep> log) : BackgroundService
{
    private const int Batch = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Asks for everything that is due.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (true)
        {
            var due = await ClaimAsync(ct);
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = ct }, AskAsync);
            if (due.Count < Batch)
                break;
        }

        await ObserveAsync(ct);
    }

    // Claimed and put off in one statement: no lock is held while the provider is asked, and a crash costs one wait. 5 s, 10 s … at most a minute.
    private async Task<List<ProviderOrder>> ClaimAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SignatureDbContext>();
        var now = time.GetUtcNow();
        var ids = await db.Database.SqlQuery<Guid>(
            $"""
            UPDATE provider_order SET ask_at = {now} + least(interval '5 seconds' * power(2, least(asked, 10)), interval '1 minute'), asked = asked + 1 WHERE id IN (
                SELECT id FROM provider_order WHERE ask_at IS NOT NULL AND ask_at <= {now} ORDER BY ask_at LIMIT {Batch} FOR UPDATE SKIP LOCKED)
            RETURNING id
            """).ToListAsync(ct);
        return await db.ProviderOrders.AsNoTracking().Where(o => ids.Contains(o.Id)).ToListAsync(ct);
    }

    private async ValueTask AskAsync(ProviderOrder order, CancellationToken ct)
    {
        try
        {
            var outcome = order.Provider == SmartCaProvider.Word ? await smartCa.AskNowAsync(order, ct)
                // A provider that answers at once did not: the process that waited is gone, and nobody can say whether it signed.
                : new HashOutcome(HashState.Failed, [], ProviderCodes.AnswerLost);
            if (outcome.State == HashState.Pending)
                return;
            await orders.EndAsync(order.Id, outcome, tell: true, ct);
            telemetry.Ended(order.Provider, outcome, "asked");
            Answered(log, order.Id, order.Provider, outcome.State, outcome.Code);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            NotAsked(log, e, order.Id, order.Provider);
        }
    }

    private async Task ObserveAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var waiting = scope.ServiceProvider.GetRequiredService<SignatureDbContext>().ProviderOrders.Where(o => o.AskAt != null);
        var oldest = await waiting.OrderBy(o => o.CreatedAt).Select(o => (DateTimeOffset?)o.CreatedAt).FirstOrDefaultAsync(ct);
        telemetry.ObserveWaiting(await waiting.LongCountAsync(ct), oldest is { } since ? time.GetUtcNow() - since : TimeSpan.Zero);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(Interval, time, RunAsync, e => Failed(log, e), stoppingToken, atOnce: true);

    [LoggerMessage(5080, LogLevel.Information, "Order {OrderId} at {Provider} was asked about and ended: {State} {Code}")]
    private static partial void Answered(ILogger log, Guid orderId, string provider, HashState state, string code);

    [LoggerMessage(5081, LogLevel.Error, "Order {OrderId} at {Provider} could not be asked about; it is at a later turn")]
    private static partial void NotAsked(ILogger log, Exception exception, Guid orderId, string provider);

    [LoggerMessage(5082, LogLevel.Error, "Looking after orders at providers failed; it runs again at its next turn")]
    private static partial void Failed(ILogger log, Exception exception);
}
