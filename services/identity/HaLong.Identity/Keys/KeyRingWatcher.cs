using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Keys;

/// <summary>Loads the keys before the first request and looks for new ones from then on.</summary>
internal sealed partial class KeyRingWatcher(KeyRing ring, IOptions<KeyOptions> options, TimeProvider time, ILogger<KeyRingWatcher> logger)
    : BackgroundService, IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => ring.ReloadAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The keys in memory stay good: a database that is away must not take sign-in checks with it.
        return Recurring.RunAsync(options.Value.PollInterval, time, async ct =>
        {
            if (await ring.ReloadAsync(ct))
                LogChanged(logger, ring.Current.Signing[0].KeyId, ring.Current.Signing.Count);
        }, e => LogFailed(logger, e), stoppingToken);
    }

    [LoggerMessage(1, LogLevel.Information, "Token keys changed: {KeyId} signs now, {Count} are published")]
    private static partial void LogChanged(ILogger logger, string keyId, int count);

    [LoggerMessage(2, LogLevel.Warning, "Token keys could not be read; the ones in memory stay in use")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
