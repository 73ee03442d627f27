using HaLong.Notifications.Webhooks;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Workers;

/// <summary>Removes what is kept no longer, a little at a time.</summary>
internal sealed partial class RetentionWorker(Retention retention, IOptions<WebhookOptions> options, TimeProvider clock, ILogger<RetentionWorker> logger)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(options.Value.RetentionInterval, clock, TurnAsync, e => LogFailed(logger, e), stoppingToken);

    private async Task TurnAsync(CancellationToken ct)
    {
        var (deliveries, events) = await retention.RunAsync(ct);
        if (deliveries + events > 0)
            LogRemoved(logger, deliveries, events);
    }

    [LoggerMessage(4356, LogLevel.Warning, "Removing old deliveries and events failed; tried again")]
    private static partial void LogFailed(ILogger logger, Exception e);

    [LoggerMessage(4357, LogLevel.Information, "Removed {Deliveries} deliveries and {Events} events past their time")]
    private static partial void LogRemoved(ILogger logger, int deliveries, int events);
}
