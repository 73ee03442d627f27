using System.Collections.Concurrent;
using HaLong.Notifications.Webhooks;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Workers;

/// <summary>Proves new addresses and tries failing ones. One that hangs holds up no other.</summary>
internal sealed partial class ProbeWorker(
    ProbeQueue queue, ProbeSender sender, WebhookMetrics metrics, IServiceScopeFactory scopes, IOptions<WebhookOptions> options, TimeProvider clock,
    ILogger<ProbeWorker> logger) : BackgroundService
{
    private const int MostAtOnce = 64;
    private readonly ConcurrentDictionary<Guid, Task> running = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(options.Value.PollInterval, clock, TurnAsync, e => LogFailed(logger, e), stoppingToken, atOnce: true);

    private async Task TurnAsync(CancellationToken ct)
    {
        if (running.Count >= MostAtOnce)
            return;
        foreach (var probe in await queue.ClaimAsync(MostAtOnce - running.Count, ct))
        {
            var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            running[probe.Target.SubscriptionId] = ProbeAsync(probe, begin.Task, ct);
            begin.SetResult();
        }
    }

    private async Task ProbeAsync(ClaimedProbe probe, Task begin, CancellationToken ct)
    {
        await begin;
        try
        {
            var error = await sender.ProbeAsync(probe, ct);
            metrics.Probed(error is null);
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<SubscriptionStates>().ProbedAsync(probe, error, ct);
            LogProbed(logger, probe.Target.SubscriptionId, probe.State, error ?? "answered");
        }
        catch (Exception e) when (!ct.IsCancellationRequested || e is not OperationCanceledException)
        {
            // The claim runs out by itself and the address is tried again.
            LogFailed(logger, e);
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
        finally
        {
            running.TryRemove(probe.Target.SubscriptionId, out _);
        }
    }

    [LoggerMessage(4354, LogLevel.Warning, "Trying addresses failed; tried again")]
    private static partial void LogFailed(ILogger logger, Exception e);

    [LoggerMessage(4355, LogLevel.Information, "The address of subscription {SubscriptionId}, {State}, was tried: {Result}")]
    private static partial void LogProbed(ILogger logger, Guid subscriptionId, Domain.SubscriptionState state, string result);
}
