using System.Collections.Concurrent;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Workers;

/// <summary>Sends what is due, many at once, each channel in a lane of its own and no faster than its providers take it.</summary>
internal sealed partial class SendWorker(
    MessageQueue queue, ProviderRouter router, IServiceScopeFactory scopes, Signals signals, IOptions<SendingOptions> options,
    ILogger<SendWorker> logger) : BackgroundService
{
    private static readonly MessageChannel[] Channels = [.. Enum.GetValues<MessageChannel>().Except([MessageChannel.InApp])];
    private readonly ConcurrentDictionary<Guid, (MessageChannel Channel, Task Task)> running = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var claimed = 0;
            try
            {
                claimed = Start(await queue.ClaimAsync(Room(), stoppingToken), stoppingToken);
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
                await signals.Mail.WaitAsync(options.Value.PollInterval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(running.Values.Select(r => r.Task));
    }

    // A channel that nobody carries is claimed all the same: its messages say so, and may expire.
    private Dictionary<MessageChannel, int> Room() => Channels.ToDictionary(c => c, c =>
    {
        var places = options.Value.MaxInFlight - running.Values.Count(r => r.Channel == c);
        return !router.Carries(c) ? places : Math.Min(places, router.Room(c));
    });

    private int Start(IReadOnlyList<ClaimedMessage> messages, CancellationToken ct)
    {
        foreach (var message in messages)
        {
            var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            running[message.Id] = (message.Channel, SendAsync(message, begin.Task, ct));
            begin.SetResult();
        }

        return messages.Count;
    }

    private async Task SendAsync(ClaimedMessage message, Task begin, CancellationToken ct)
    {
        await begin;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<MessageSender>().SendAsync(message, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // The claim runs out by itself, and the provider is asked before anything is sent again.
            LogFailed(logger, e);
        }
        finally
        {
            running.TryRemove(message.Id, out _);
            signals.Mail.Pulse();
        }
    }

    [LoggerMessage(4110, LogLevel.Warning, "A round of sending failed; tried again")]
    private static partial void LogFailed(ILogger logger, Exception e);
}
