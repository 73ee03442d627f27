using System.Diagnostics.Metrics;
using HaLong.Notifications.Domain;

namespace HaLong.Notifications.Planning;

/// <summary>
/// <c>messages.held</c> by reason (quiet hours, limit), <c>messages.taken_over</c> by the channel that took over, <c>notices.scheduled_late</c> seconds
/// that a reminder came after its time, <c>digests.gathered</c> messages, <c>contact_problems.open</c>, <c>inbox.streams</c>.
/// </summary>
internal sealed class RuleMetrics
{
    private readonly Counter<long> held, takenOver, gathered;
    private readonly Histogram<double> late;
    private long problems, streams;

    public RuleMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(NotificationMetrics.Name);
        held = meter.CreateCounter<long>("messages.held");
        takenOver = meter.CreateCounter<long>("messages.taken_over");
        gathered = meter.CreateCounter<long>("digests.gathered");
        late = meter.CreateHistogram<double>("notices.scheduled_late", "s");
        meter.CreateObservableGauge("contact_problems.open", () => Interlocked.Read(ref problems));
        meter.CreateObservableGauge("inbox.streams", () => Interlocked.Read(ref streams));
    }

    public void Held(string reason) => held.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void TakenOver(MessageChannel by) => takenOver.Add(1, new KeyValuePair<string, object?>("channel", Words.Of(by)));

    public void Gathered(int messages) => gathered.Add(messages);

    public void Reminded(TimeSpan after) => late.Record(after.TotalSeconds);

    public void OpenProblems(long count) => Interlocked.Exchange(ref problems, count);

    public void Streams(int change) => Interlocked.Add(ref streams, change);
}
