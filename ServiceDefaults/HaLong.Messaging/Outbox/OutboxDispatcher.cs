using System.Diagnostics;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HaLong.Messaging;

/// <summary>
/// Publishes due outbox rows and deletes what the broker confirmed, in one transaction. A crash in between repeats messages with the
/// same id, which the inbox absorbs. One dispatcher per database works at a time; the others return at once.
/// </summary>
internal sealed partial class OutboxDispatcher<TContext>(
    IServiceScopeFactory scopes, IBusControl bus, MessageTypes types, OutboxSignal signal, OutboxMetrics metrics,
    IOptions<OutboxOptions> options, TimeProvider time, ILogger<OutboxDispatcher<TContext>> log) : BackgroundService
    where TContext : DbContext
{
    private readonly OutboxOptions _options = options.Value;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // An outage burns no attempts: nothing is taken before the broker and every queue of this service is there.
                await bus.WaitForHealthStatus(BusHealthStatus.Healthy, stoppingToken);
                while (await DispatchAsync(stoppingToken))
                {
                    // A full batch: there may be more.
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                RoundFailed(log, e);
            }

            await signal.WaitAsync(_options.PollInterval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> DispatchAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var locked = await db.Database
            .SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock(hashtext('halong.outbox'), hashtext(current_schema())) AS \"Value\"").SingleAsync(ct);
        if (!locked)
        {
            return false;
        }

        var now = time.GetUtcNow();
        var rows = await db.Set<OutboxMessage>().Where(m => m.AvailableAt <= now).OrderBy(m => m.Sequence).Take(_options.BatchSize).ToListAsync(ct);
        if (rows.Count == 0)
        {
            return false;
        }

        await Task.WhenAll(rows.Select(row => PublishAsync(row, ct)));
        var failed = rows.Where(r => r.LastError is not null && r.AvailableAt > now).ToList();
        var sent = rows.Except(failed).Select(r => r.Sequence).ToList();
        await db.Set<OutboxMessage>().Where(m => sent.Contains(m.Sequence)).ExecuteDeleteAsync(ct);
        if (failed.Count > 0)
        {
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        metrics.Dispatched(sent.Count, failed.Count);
        return rows.Count == _options.BatchSize && sent.Count > 0;
    }

    private async Task PublishAsync(OutboxMessage row, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_options.PublishTimeout);
        ActivityContext.TryParse(row.TraceParent, null, isRemote: true, out var parent);
        using var activity = MessagingTelemetry.Source.StartActivity("outbox publish " + row.Type, ActivityKind.Producer, parent);
        try
        {
            var (type, message) = types.Read(row);
            await bus.Publish(message, type, c => c.MessageId = row.MessageId, limit.Token);
            metrics.Delay(time.GetUtcNow() - row.OccurredAt);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            row.Attempts++;
            row.LastError = (e.GetType().Name + ": " + e.Message)[..Math.Min(2000, e.GetType().Name.Length + 2 + e.Message.Length)];
            var factor = Math.Pow(2, Math.Min(row.Attempts - 1, 20));
            row.AvailableAt = time.GetUtcNow() + TimeSpan.FromTicks((long)Math.Min(_options.Backoff.Ticks * factor, _options.MaxBackoff.Ticks));
            RowFailed(log, e, row.Type, row.MessageId, row.Attempts, row.AvailableAt);
        }
    }

    [LoggerMessage(1201, LogLevel.Warning, "Outbox row {Type} {MessageId} failed {Attempts} times; next at {Next}")]
    private static partial void RowFailed(ILogger log, Exception e, string type, Guid messageId, int attempts, DateTimeOffset next);

    [LoggerMessage(1202, LogLevel.Warning, "An outbox round failed; the rows are untouched and tried again")]
    private static partial void RoundFailed(ILogger log, Exception e);
}
