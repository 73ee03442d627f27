using HaLong.Notifications.Features.Events;
using HaLong.Notifications.Webhooks;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Workers;

/// <summary>Gives logged events their place as soon as their predecessors have one.</summary>
internal sealed partial class EventReleaser(EventRelease release, Signals signals, IOptions<WebhookOptions> options, ILogger<EventReleaser> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await release.RunAsync(stoppingToken) > 0)
                    signals.Due.Pulse();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogFailed(logger, e);
            }

            await signals.Logged.WaitAsync(options.Value.PollInterval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(4102, LogLevel.Warning, "Releasing public events failed; tried again")]
    private static partial void LogFailed(ILogger logger, Exception e);
}
