using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Filing.Keys;

/// <summary>Opens the keys when the replica starts and looks for new ones from then on.</summary>
internal sealed partial class KeyWatcher(SigningKeys keys, IOptions<KeyOptions> options, TimeProvider time, ILogger<KeyWatcher> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(options.Value.PollInterval, time, keys.RefreshAsync, e => NotRead(log, e), stoppingToken, atOnce: true);

    [LoggerMessage(4060, LogLevel.Warning, "The signing keys could not be read; the ones in memory stay in use")]
    private static partial void NotRead(ILogger log, Exception e);
}
