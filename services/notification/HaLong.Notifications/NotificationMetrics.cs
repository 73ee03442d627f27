using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using HaLong.Notifications.Domain;

namespace HaLong.Notifications;

/// <summary>
/// <c>messages.sent</c>, <c>messages.failed</c>, <c>messages.dropped</c> by channel; <c>messages.pending</c> and <c>messages.oldest_age</c> by channel;
/// <c>webhooks.attempts</c> by outcome, <c>webhooks.first_attempt</c> seconds since the fact was logged; <c>webhooks.lag</c> seconds that the
/// longest-due delivery waits; <c>events.waiting</c> facts whose predecessor is missing and <c>events.oldest_waiting</c> seconds.
/// </summary>
internal sealed class NotificationMetrics
{
    public const string Name = "HaLong.Notification";

    public static readonly ActivitySource Source = new(Name);

    private readonly Counter<long> sent, failed, dropped, attempts;
    private readonly Histogram<double> firstAttempt;
    private readonly ConcurrentDictionary<MessageChannel, (long Count, double Age)> pending = [];
    private double lag, oldestWaiting;
    private long waiting;

    public NotificationMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(Name);
        sent = meter.CreateCounter<long>("messages.sent");
        failed = meter.CreateCounter<long>("messages.failed");
        dropped = meter.CreateCounter<long>("messages.dropped");
        attempts = meter.CreateCounter<long>("webhooks.attempts");
        firstAttempt = meter.CreateHistogram<double>("webhooks.first_attempt", "s");
        meter.CreateObservableGauge("messages.pending", () => pending.Select(p => new Measurement<long>(p.Value.Count, Channel(p.Key))));
        meter.CreateObservableGauge("messages.oldest_age", () => pending.Select(p => new Measurement<double>(p.Value.Age, Channel(p.Key))), "s");
        meter.CreateObservableGauge("webhooks.lag", () => Volatile.Read(ref lag), "s");
        meter.CreateObservableGauge("events.waiting", () => Interlocked.Read(ref waiting));
        meter.CreateObservableGauge("events.oldest_waiting", () => Volatile.Read(ref oldestWaiting), "s");
    }

    public void Sent(MessageChannel channel) => sent.Add(1, Channel(channel));

    public void Failed(MessageChannel channel) => failed.Add(1, Channel(channel));

    /// <summary>Expired or cancelled.</summary>
    public void Dropped(MessageChannel channel) => dropped.Add(1, Channel(channel));

    public void Attempted(DeliveryOutcome outcome, int number, TimeSpan sinceLogged)
    {
        attempts.Add(1, new KeyValuePair<string, object?>("outcome", Words.Of(outcome)));
        if (number == 1)
            firstAttempt.Record(sinceLogged.TotalSeconds);
    }

    public void Pending(MessageChannel channel, long count, TimeSpan oldest) => pending[channel] = (count, oldest.TotalSeconds);

    public void Backlog(TimeSpan webhookLag, long waitingEvents, TimeSpan oldestWaitingEvent)
    {
        Volatile.Write(ref lag, webhookLag.TotalSeconds);
        Interlocked.Exchange(ref waiting, waitingEvents);
        Volatile.Write(ref oldestWaiting, oldestWaitingEvent.TotalSeconds);
    }

    private static KeyValuePair<string, object?> Channel(MessageChannel channel) => new("channel", Words.Of(channel));
}

/// <summary>How an attempt ended.</summary>
internal enum DeliveryOutcome
{
    Delivered,
    Failed,
    Dead,
}
