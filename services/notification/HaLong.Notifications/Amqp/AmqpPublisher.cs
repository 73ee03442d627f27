using System.Diagnostics;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HaLong.Notifications.Amqp;

/// <summary>
/// Publishes released events to the public exchange, in the order of the log, from a cursor in the database. One replica does it, the one that
/// holds the lock. The cursor moves after the broker's confirmation: a crash between the two repeats some events, with the same ids; a stop waits
/// for both. What webhooks and feed do does not depend on it.
/// </summary>
internal sealed partial class AmqpPublisher(
    NpgsqlDataSource database, ReleasedEvents log, BrokerAddress broker, AmqpMetrics metrics, IOptions<AmqpOptions> options, TimeProvider clock,
    ILogger<AmqpPublisher> logger) : BackgroundService
{
    /// <summary>Notified by <see cref="Features.Events.EventRelease"/> when events got their places.</summary>
    public const string ReleasedChannel = "halong_event_released";

    // A broker that is silent must not hold up the end of the process.
    private static readonly TimeSpan LastConfirmation = TimeSpan.FromSeconds(5);

    private const string Lock = "SELECT pg_try_advisory_lock(hashtext('halong.public-exchange'), hashtext(current_schema()))";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = options.Value.PollInterval;
            try
            {
                await HoldAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogFailed(logger, e);
                pause = options.Value.RetryDelay;
            }

            await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // The lock belongs to the connection that also hears of new events: when it is lost, both are, and another replica takes over.
    private async Task HoldAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using (var take = new NpgsqlCommand(Lock, connection))
        {
            if (await take.ExecuteScalarAsync(ct) is not true)
                return;
        }

        try
        {
            await using (var listen = new NpgsqlCommand($"LISTEN {ReleasedChannel}", connection))
                await listen.ExecuteNonQueryAsync(ct);
            await using var exchange = await PublicExchange.OpenAsync(broker.Url, ct);
            while (true)
            {
                await PublishAllAsync(exchange, ct);
                await connection.WaitAsync(options.Value.PollInterval, ct);
            }
        }
        finally
        {
            await ReleaseAsync(connection);
        }
    }

    private async Task PublishAllAsync(PublicExchange exchange, CancellationToken ct)
    {
        var position = await log.CursorAsync(ct);
        while (await log.AfterAsync(position, options.Value.Batch, ct) is { Count: > 0 } events)
        {
            using var span = NotificationMetrics.Source.StartActivity("publish to exchange", ActivityKind.Producer);
            span?.SetTag("events", events.Count);
            using var limit = new CancellationTokenSource(options.Value.ConfirmTimeout);
            await using var stop = ct.Register(() => limit.CancelAfter(LastConfirmation));
            await exchange.PublishAsync(events, limit.Token);
            if (!await log.MoveAsync(position, events[^1].Position, CancellationToken.None))
                throw new InvalidOperationException("Another process moved the cursor of the public exchange.");
            position = events[^1].Position;
            var now = clock.GetUtcNow();
            foreach (var e in events)
                metrics.Published(now - e.ReleasedAt);
        }
    }

    // A connection goes back to the pool with what was set on it until it is used again.
    private static async Task ReleaseAsync(NpgsqlConnection connection)
    {
        try
        {
            await using var free = new NpgsqlCommand("SELECT pg_advisory_unlock_all(); UNLISTEN *", connection);
            await free.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The connection is gone, and the lock with it.
        }
    }

    [LoggerMessage(4340, LogLevel.Warning, "Publishing to the public exchange failed; tried again from the cursor")]
    private static partial void LogFailed(ILogger logger, Exception e);
}
