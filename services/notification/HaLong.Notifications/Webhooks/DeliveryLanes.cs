using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Webhooks;

/// <summary>Subscriptions that have another room than the usual one, for the next claim.</summary>
internal sealed record LaneRooms(Guid[] Ids, int[] Rooms)
{
    public static readonly LaneRooms None = new([], []);
}

/// <summary>
/// How many attempts may run for whom. A receiver that fails gets one at a time, one that is slow half of the usual number, and all of those
/// together at most half of the process: however many hang, there is room for those who answer.
/// </summary>
internal sealed class DeliveryLanes(IOptions<WebhookOptions> options)
{
    private const int ManyFailures = 3;
    private const double Newest = 0.3;
    private readonly ConcurrentDictionary<Guid, Lane> lanes = [];

    public void Started(Guid subscription)
    {
        var lane = lanes.GetOrAdd(subscription, _ => new Lane());
        lock (lane)
            lane.Running++;
    }

    public void Ended(Guid subscription, AttemptResult? result)
    {
        if (!lanes.TryGetValue(subscription, out var lane))
            return;
        lock (lane)
        {
            lane.Running--;
            if (result is null)
                return;
            lane.Failures = result.IsDelivered ? 0 : lane.Failures + 1;
            lane.Pace = (Newest * result.Took.TotalSeconds) + ((1 - Newest) * lane.Pace);
        }
    }

    /// <summary>Everybody who has not the usual room now.</summary>
    public LaneRooms Rooms()
    {
        var all = lanes.Select(l => (Id: l.Key, l.Value.Running, Share: ShareOf(l.Value))).ToList();
        var usual = options.Value.MaxInFlightPerSubscription;
        // Who waits for longest in the slow lane has nothing running: those come first.
        var slow = all.Where(l => l.Share < usual).OrderBy(l => l.Running).ToList();
        var slowRoom = (options.Value.MaxInFlight / 2) - slow.Sum(l => l.Running);
        var rooms = all.Where(l => l.Share == usual && l.Running > 0).Select(l => (l.Id, Room: Math.Max(0, usual - l.Running))).ToList();
        foreach (var (id, running, share) in slow)
        {
            var room = Math.Clamp(share - running, 0, Math.Max(0, slowRoom));
            slowRoom -= room;
            rooms.Add((id, room));
        }

        return new LaneRooms([.. rooms.Select(r => r.Id)], [.. rooms.Select(r => r.Room)]);
    }

    private int ShareOf(Lane lane)
    {
        var usual = options.Value.MaxInFlightPerSubscription;
        return lane.Failures >= ManyFailures ? 1
            : lane.Pace > options.Value.SlowAfter.TotalSeconds ? Math.Max(1, usual / 2)
            : usual;
    }

    private sealed class Lane
    {
        public int Running { get; set; }

        public int Failures { get; set; }

        /// <summary>Seconds per answer, the newer the more.</summary>
        public double Pace { get; set; }
    }
}
