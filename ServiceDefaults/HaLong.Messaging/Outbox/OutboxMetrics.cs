using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace HaLong.Messaging;

/// <summary>Names of this library's telemetry.</summary>
internal static class MessagingTelemetry
{
    public const string Name = "HaLong.Messaging";

    public static readonly ActivitySource Source = new(Name);
}

/// <summary>
/// <c>outbox.pending</c> rows and <c>outbox.oldest_age</c> seconds (alert on age), <c>outbox.published</c>, <c>outbox.failed</c>,
/// <c>outbox.delay</c> from write to publication, <c>inbox.consumed</c>, <c>inbox.duplicates</c>.
/// </summary>
internal sealed class OutboxMetrics
{
    private readonly Counter<long> _published, _failed, _consumed, _duplicates;
    private readonly Histogram<double> _delay;
    private long _pending;
    private double _oldest;

    public OutboxMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MessagingTelemetry.Name);
        _published = meter.CreateCounter<long>("outbox.published");
        _failed = meter.CreateCounter<long>("outbox.failed");
        _consumed = meter.CreateCounter<long>("inbox.consumed");
        _duplicates = meter.CreateCounter<long>("inbox.duplicates");
        _delay = meter.CreateHistogram<double>("outbox.delay", "s");
        meter.CreateObservableGauge("outbox.pending", () => Interlocked.Read(ref _pending));
        meter.CreateObservableGauge("outbox.oldest_age", () => Volatile.Read(ref _oldest), "s");
    }

    public void Dispatched(int sent, int failed)
    {
        _published.Add(sent);
        _failed.Add(failed);
    }

    public void Delay(TimeSpan delay) => _delay.Record(delay.TotalSeconds);

    public void Consumed(string endpoint, bool duplicate) => (duplicate ? _duplicates : _consumed).Add(1, new KeyValuePair<string, object?>("endpoint", endpoint));

    public void Backlog(long pending, TimeSpan oldest)
    {
        Interlocked.Exchange(ref _pending, pending);
        Volatile.Write(ref _oldest, oldest.TotalSeconds);
    }
}
