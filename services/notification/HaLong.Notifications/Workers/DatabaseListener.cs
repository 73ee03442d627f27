using HaLong.Notifications.Features.Messages;
using Npgsql;

namespace HaLong.Notifications.Workers;

/// <summary>Hears what other transactions, in this replica or another, have just committed (LISTEN/NOTIFY).</summary>
internal sealed partial class DatabaseListener(NpgsqlDataSource database, Signals signals, InboxStreams streams, ILogger<DatabaseListener> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogLost(logger, e);
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        connection.Notification += (_, notification) => Hear(notification.Channel, notification.Payload);
        await using (var listen = new NpgsqlCommand(
            $"LISTEN {Signals.LoggedChannel}; LISTEN {Signals.DueChannel}; LISTEN {Signals.MailChannel}; LISTEN {InboxStreams.Channel}", connection))
            await listen.ExecuteNonQueryAsync(ct);

        // What was committed while nobody listened.
        signals.Logged.Pulse();
        signals.Due.Pulse();
        signals.Mail.Pulse();
        streams.WakeAll();
        while (true)
            await connection.WaitAsync(ct);
    }

    private void Hear(string channel, string payload)
    {
        if (channel == InboxStreams.Channel)
            streams.Wake(payload);
        else
            SignalOf(channel).Pulse();
    }

    private Signal SignalOf(string channel) => channel switch
    {
        Signals.LoggedChannel => signals.Logged,
        Signals.MailChannel => signals.Mail,
        _ => signals.Due,
    };

    [LoggerMessage(4101, LogLevel.Warning, "Lost the database's notifications; polling until they are back")]
    private static partial void LogLost(ILogger logger, Exception e);
}
