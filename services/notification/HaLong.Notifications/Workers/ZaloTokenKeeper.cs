using HaLong.Notifications.Sending.Zalo;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Workers;

/// <summary>Keeps Zalo's tokens fresh, whether anything is sent or not.</summary>
internal sealed partial class ZaloTokenKeeper(ZaloTokens tokens, IOptions<ZaloOptions> options, TimeProvider clock, ILogger<ZaloTokenKeeper> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => options.Value.IsOn
        ? Recurring.RunAsync(options.Value.CheckInterval, clock, tokens.KeepAsync, e => LogFailed(logger, e), stoppingToken, atOnce: true)
        : Task.CompletedTask;

    [LoggerMessage(4239, LogLevel.Error, "Zalo's tokens could not be looked after or kept; tried again")]
    private static partial void LogFailed(ILogger logger, Exception e);
}
