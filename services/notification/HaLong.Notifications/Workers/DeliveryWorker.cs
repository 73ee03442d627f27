using System.Collections.Concurrent;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Webhooks;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Workers;

/// <summary>
/// Delivers what is due. Many at once, but for one subscription only its share (<see cref="DeliveryLanes"/>), so that no partner delays another;
/// no database connection is held while a partner thinks. Who may not have events any more gets none.
/// </summary>
internal sealed partial class DeliveryWorker(
    DeliveryQueue queue, WebhookSender sender, DeliveryLanes lanes, PartnerStanding partners, IServiceScopeFactory scopes, Signals signals,
    NotificationMetrics metrics, WebhookMetrics figures, IOptions<WebhookOptions> options, TimeProvider clock, ILogger<DeliveryWorker> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<long, Task> running = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var started = 0;
            try
            {
                var room = options.Value.MaxInFlight - running.Count;
                if (room > 0)
                    started = await StartAsync(await queue.ClaimAsync(room, lanes.Rooms(), stoppingToken), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                LogFailed(logger, e);
            }

            if (started == 0)
                await signals.Due.WaitAsync(options.Value.PollInterval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(running.Values);
    }

    /// <summary>Starts the deliveries of those who may have them, and gives the others back.</summary>
    private async Task<int> StartAsync(IReadOnlyList<ClaimedDelivery> claimed, CancellationToken ct)
    {
        if (claimed.Count == 0)
            return 0;
        var standing = await partners.CheckAsync(claimed.Select(d => d.Target.Owner), ct);
        var groups = claimed.ToLookup(d => standing[d.Target.Owner]);
        foreach (var delivery in groups[Standing.Entitled])
            Start(delivery, ct);

        List<ClaimedDelivery> others = [.. groups[Standing.Unknown], .. groups[Standing.Revoked]];
        if (others.Count > 0)
        {
            await queue.GiveBackAsync(others, clock.GetUtcNow() + options.Value.PollInterval, ct);
            figures.Held(others.Count);
        }

        foreach (var subscription in groups[Standing.Revoked].Select(d => d.SubscriptionId).Distinct())
            await StopAsync(subscription, SubscriptionState.Suspended, StateReasons.Revoked, ct);
        return groups[Standing.Entitled].Count();
    }

    private void Start(ClaimedDelivery delivery, CancellationToken ct)
    {
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lanes.Started(delivery.SubscriptionId);
        running[delivery.Id] = DeliverAsync(delivery, begin.Task, ct);
        begin.SetResult();
    }

    private async Task DeliverAsync(ClaimedDelivery delivery, Task begin, CancellationToken ct)
    {
        await begin;
        AttemptResult? attempt = null;
        try
        {
            attempt = await sender.SendAsync(delivery, ct);
            var outcome = await queue.RecordAsync(delivery, attempt, CancellationToken.None);
            metrics.Attempted(outcome, delivery.Attempt, attempt.At - delivery.ReleasedAt);
            if (delivery.Attempt == 1)
                figures.FirstAttempt(attempt.At - delivery.OccurredAt);
            if (outcome != DeliveryOutcome.Delivered)
                LogNotDelivered(logger, delivery.EventId, delivery.SubscriptionId, delivery.Attempt, attempt.Error ?? $"status {attempt.Status}", outcome);
            if (attempt.IsGone)
                await StopAsync(delivery.SubscriptionId, SubscriptionState.Paused, StateReasons.Gone, CancellationToken.None);
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
            lanes.Ended(delivery.SubscriptionId, attempt);
            running.TryRemove(delivery.Id, out _);
            signals.Due.Pulse();
        }
    }

    private async Task StopAsync(Guid subscription, SubscriptionState state, string reason, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SubscriptionStates>().StopAsync(subscription, state, reason, ct);
        LogStopped(logger, subscription, state, reason);
    }

    private async Task GiveBackAsync(ClaimedDelivery delivery)
    {
        try
        {
            await queue.GiveBackAsync([delivery], clock.GetUtcNow(), CancellationToken.None);
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

    [LoggerMessage(4353, LogLevel.Warning, "Subscription {SubscriptionId} is {State} now: {Reason}")]
    private static partial void LogStopped(ILogger logger, Guid subscriptionId, SubscriptionState state, string reason);
}
