using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Filing.Keys;

/// <summary>Opens the keys when the replica starts and looks for new ones from then on.</summary>
internal sealed partial class KeyWatcher(SigningKeys keys, IOptions<KeyOptions> options, TimeProvider time, ILogger<KeyWatcher> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PollInterval, time);
        do
        {
            try
            {
                await keys.RefreshAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                NotRead(log, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(4060, LogLevel.Warning, "The signing keys could not be read; the ones in memory stay in use")]
    private static partial void NotRead(ILogger log, Exception e);
}
