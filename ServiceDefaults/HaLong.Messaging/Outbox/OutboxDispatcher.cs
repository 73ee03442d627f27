using System.Diagnostics;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;

namespace HaLong.Messaging;

/// <summary>
/// Publishes due outbox rows and deletes what the broker confirmed, in one transaction. A crash in between repeats messages with the
/// same id, which the inbox absorbs. One dispatcher per database works at a time; the others come back a moment later.
/// </summary>
internal sealed partial class OutboxDispatcher<TContext>(
    IServiceScopeFactory scopes, IBusControl bus, BusHealth health, MessageTypes types, OutboxSignal signal, OutboxMetrics metrics,
    IOptions<OutboxOptions> options, TimeProvider time, ILogger<OutboxDispatcher<TContext>> log) : BackgroundService
    where TContext : DbContext
{
    /// <summary>Another replica holds the lock: it may have read its rows before ours were there, so the poll interval would be too long.</summary>
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(25);

    private readonly OutboxOptions _options = options.Value;
    private bool _failing;

    private enum Round
    {
        Done,
        More,
        Busy,
    }

    private enum Outcome
    {
        Sent,
        Failed,
        PutOff,
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = _options.PollInterval;
            try
            {
                await WaitForBusAsync(stoppingToken);
                Round round;
                do
                {
                    round = await DispatchAsync(stoppingToken);
                }
                while (round == Round.More);

                Succeeded();
                if (round == Round.Busy && BusyPause < pause)
                {
                    pause = BusyPause;
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Failed(e);
            }

            await signal.WaitAsync(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Said once and not every second.</summary>
    private void Failed(Exception e)
    {
        if (!_failing)
        {
            RoundFailed(log, e);
        }

        _failing = true;
    }

    private void Succeeded()
    {
        if (_failing)
        {
            RoundsSucceed(log);
        }

        _failing = false;
    }

    /// <summary>An outage burns no attempts: nothing is taken before the broker and every queue of this service is there.</summary>
    private async Task WaitForBusAsync(CancellationToken ct)
    {
        if (health.IsHealthy)
        {
            return;
        }

        BusAway(log);
        await bus.WaitForHealthStatus(BusHealthStatus.Healthy, ct);
        ct.ThrowIfCancellationRequested();
        BusBack(log);
    }

    private async Task<Round> DispatchAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TContext>();
        var now = time.GetUtcNow();
        var rows = await TakeAsync(db, now, ct);
        if (rows is null or [])
        {
            return rows is null ? Round.Busy : Round.Done;
        }

        var outcomes = await Task.WhenAll(rows.Select(row => PublishAsync(row, ct)));
        var sent = rows.Where((_, i) => outcomes[i] == Outcome.Sent).Select(r => r.Sequence).ToList();
        var failed = outcomes.Count(o => o == Outcome.Failed);

        // Not cancelled when the host stops: what was confirmed should not be sent again for want of a delete.
        await SettleAsync(db, sent, failed, CancellationToken.None);
        metrics.Dispatched(sent.Count, failed);
        return rows.Count == _options.BatchSize && sent.Count > 0 && !ct.IsCancellationRequested ? Round.More : Round.Done;
    }

    /// <summary>Begins the transaction and reads what is due; null when another replica is at it.</summary>
    private async Task<List<OutboxMessage>?> TakeAsync(TContext db, DateTimeOffset now, CancellationToken ct)
    {
        // Looking for work every second is not worth a trace.
        using var quiet = SuppressInstrumentationScope.Begin();
        await db.Database.BeginTransactionAsync(ct);
        var locked = await db.Database
            .SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock(hashtext('halong.outbox'), hashtext(current_schema())) AS \"Value\"").SingleAsync(ct);
        return locked
            ? await db.Set<OutboxMessage>().Where(m => m.AvailableAt <= now).OrderBy(m => m.Sequence).Take(_options.BatchSize).ToListAsync(ct)
            : null;
    }

    private static async Task SettleAsync(TContext db, List<long> sent, int failed, CancellationToken ct)
    {
        using var quiet = SuppressInstrumentationScope.Begin();
        if (sent.Count > 0)
        {
            await db.Set<OutboxMessage>().Where(m => sent.Contains(m.Sequence)).ExecuteDeleteAsync(ct);
        }

        if (failed > 0)
        {
            await db.SaveChangesAsync(ct);
        }

        await db.Database.CurrentTransaction!.CommitAsync(ct);
    }

    private async Task<Outcome> PublishAsync(OutboxMessage row, CancellationToken ct)
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
            return Outcome.Sent;
        }
        catch (Exception) when (ct.IsCancellationRequested || !health.IsHealthy)
        {
            // The host stops or the broker went away: not the row's fault, so it keeps its turn and its attempts.
            return Outcome.PutOff;
        }
        catch (Exception e)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            PutBack(row, e);
            return Outcome.Failed;
        }
    }

    private void PutBack(OutboxMessage row, Exception e)
    {
        row.Attempts++;
        var reason = e.GetType().Name + ": " + e.Message;
        row.LastError = reason[..Math.Min(OutboxMessage.MaxErrorLength, reason.Length)];
        var factor = Math.Pow(2, Math.Min(row.Attempts - 1, 20));
        row.AvailableAt = time.GetUtcNow() + TimeSpan.FromTicks((long)Math.Min(_options.Backoff.Ticks * factor, _options.MaxBackoff.Ticks));
        RowFailed(log, e, row.Type, row.MessageId, row.Attempts, row.AvailableAt);
    }

    [LoggerMessage(1201, LogLevel.Warning, "Outbox row {Type} {MessageId} failed {Attempts} times; next at {Next}")]
    private static partial void RowFailed(ILogger log, Exception e, string type, Guid messageId, int attempts, DateTimeOffset next);

    [LoggerMessage(1202, LogLevel.Warning, "The outbox cannot be dispatched; the rows are untouched and tried again every second")]
    private static partial void RoundFailed(ILogger log, Exception e);

    [LoggerMessage(1206, LogLevel.Information, "The outbox is dispatched again")]
    private static partial void RoundsSucceed(ILogger log);

    [LoggerMessage(1204, LogLevel.Information, "The broker is not there (yet); facts wait in the outbox")]
    private static partial void BusAway(ILogger log);

    [LoggerMessage(1205, LogLevel.Information, "The broker and all queues of this service are there; the outbox is dispatched")]
    private static partial void BusBack(ILogger log);
}
