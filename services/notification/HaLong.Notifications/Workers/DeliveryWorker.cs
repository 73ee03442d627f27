using System.Collections.Concurrent;
using HaLong.Notifications.Webhooks;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Workers;

/// <summary>
/// Delivers what is due. Many at once, but at most a share for one subscription, so that one slow partner never delays another;
/// no database connection is held while a partner thinks.
/// </summary>
internal sealed partial class DeliveryWorker(
    DeliveryQueue queue, WebhookSender sender, Signals signals, NotificationMetrics metrics, IOptions<WebhookOptions> options, TimeProvider clock,
    ILogger<DeliveryWorker> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<long, (ClaimedDelivery Delivery, Task Work)> running = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var claimed = 0;
            try
            {
                var room = options.Value.MaxInFlight - running.Count;
                if (room > 0)
                    claimed = Start(await queue.ClaimAsync(room, Busy(), stoppingToken), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                LogFailed(logger, e);
            }

            if (claimed == 0)
                await signals.Due.WaitAsync(options.Value.PollInterval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(running.Values.Select(r => r.Work));
    }

    private Guid[] Busy() =>
        [.. running.Values.GroupBy(r => r.Delivery.SubscriptionId).Where(g => g.Count() >= options.Value.MaxInFlightPerSubscription).Select(g => g.Key)];

    private int Start(IReadOnlyList<ClaimedDelivery> deliveries, CancellationToken ct)
    {
        foreach (var delivery in deliveries)
        {
            var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            running[delivery.Id] = (delivery, DeliverAsync(delivery, begin.Task, ct));
            begin.SetResult();
        }

        return deliveries.Count;
    }

    private async Task DeliverAsync(ClaimedDelivery delivery, Task begin, CancellationToken ct)
    {
        await begin;
        try
        {
            var attempt = await sender.SendAsync(delivery, ct);
            var outcome = await queue.RecordAsync(delivery, attempt, CancellationToken.None);
            metrics.Attempted(outcome, delivery.Attempt, attempt.At - delivery.ReleasedAt);
            if (outcome != DeliveryOutcome.Delivered)
                LogNotDelivered(logger, delivery.EventId, delivery.SubscriptionId, delivery.Attempt, attempt.Error ?? $"status {attempt.Status}", outcome);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await GiveBackAsync(delivery);
        }
        catch (Exception e)
        {
            // The claim runs out by itself and the delivery is tried again: at least once, with the same id.
            LogFailed(logger, e);
        }
        finally
        {
            running.TryRemove(delivery.Id, out _);
            signals.Due.Pulse();
        }
    }

    private async Task GiveBackAsync(ClaimedDelivery delivery)
    {
        try
        {
            await queue.GiveBackAsync(delivery, clock.GetUtcNow(), CancellationToken.None);
        }
        catch (Exception e)
        {
            LogFailed(logger, e);
        }
    }

    [LoggerMessage(4103, LogLevel.Warning, "A round of webhook deliveries failed; tried again")]
    private static partial void LogFailed(ILogger logger, Exception e);

    [LoggerMessage(4104, LogLevel.Information, "Event {EventId} to subscription {SubscriptionId}, attempt {Attempt}: {Reason}, now {Outcome}")]
    private static partial void LogNotDelivered(
        ILogger logger, Guid eventId, Guid subscriptionId, int attempt, string reason, DeliveryOutcome outcome);
}
