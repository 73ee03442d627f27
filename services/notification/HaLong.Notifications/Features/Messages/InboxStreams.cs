using System.Collections.Concurrent;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Planning;
using HaLong.Notifications.Workers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Features.Messages;

/// <summary>The streams that are open in this process. News travels through the database, so that it does not matter which replica a stream hangs on.</summary>
internal sealed class InboxStreams(RuleMetrics metrics, IOptions<RuleOptions> options)
{
    /// <summary>NOTIFY channel; the payload is the account.</summary>
    public const string Channel = "halong_inbox";

    private readonly ConcurrentDictionary<Guid, ConcurrentDictionary<Signal, byte>> open = [];
    private readonly Lock counting = new();

    /// <summary>Something in the inbox of an account is new or was read: told when the transaction commits.</summary>
    public static Task TellAsync(NotificationDbContext db, Guid account, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {$"{account:N}"})", ct);

    /// <summary>A signal that is pulsed with every news of the account; null when it has too many streams already.</summary>
    public Signal? Open(Guid account)
    {
        lock (counting)
        {
            var mine = open.GetOrAdd(account, _ => []);
            if (mine.Count >= options.Value.StreamsPerPerson)
                return null;
            var signal = new Signal();
            mine[signal] = 0;
            metrics.Streams(1);
            return signal;
        }
    }

    public void Close(Guid account, Signal signal)
    {
        lock (counting)
        {
            if (open.TryGetValue(account, out var mine) && mine.TryRemove(signal, out _))
            {
                metrics.Streams(-1);
                if (mine.IsEmpty)
                    open.TryRemove(account, out _);
            }
        }
    }

    public void Wake(string account)
    {
        if (Guid.TryParseExact(account, "N", out var id) && open.TryGetValue(id, out var mine))
            Pulse(mine);
    }

    /// <summary>The database was not heard for a while.</summary>
    public void WakeAll()
    {
        foreach (var mine in open.Values)
            Pulse(mine);
    }

    private static void Pulse(ConcurrentDictionary<Signal, byte> streams)
    {
        foreach (var signal in streams.Keys)
            signal.Pulse();
    }
}
