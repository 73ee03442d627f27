using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using HaLong.Notifications.Domain;

namespace HaLong.Notifications.Sending;

/// <summary>
/// <c>sending.attempts</c> by provider and outcome, <c>sending.latency</c> seconds a provider took, <c>sending.weight</c> of each provider,
/// <c>sending.switched</c> by provider and reason; <c>sending.due</c> messages that are due and <c>sending.oldest_due</c> seconds that the longest waits,
/// by class; <c>codes.latency</c> seconds from a code's arrival here to its provider's answer, <c>sending.may_be_twice</c> by channel.
/// </summary>
internal sealed class SendingMetrics
{
    private readonly Counter<long> attempts, switched, twice;
    private readonly Histogram<double> latency, codes;
    private readonly ConcurrentDictionary<NoticeClass, (long Count, double Age)> due = [];
    private IReadOnlyList<ProviderStanding> standings = [];

    public SendingMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(NotificationMetrics.Name);
        attempts = meter.CreateCounter<long>("sending.attempts");
        switched = meter.CreateCounter<long>("sending.switched");
        twice = meter.CreateCounter<long>("sending.may_be_twice");
        latency = meter.CreateHistogram<double>("sending.latency", "s");
        codes = meter.CreateHistogram<double>("codes.latency", "s");
        meter.CreateObservableGauge("sending.weight", () => standings.Select(s => new Measurement<double>(s.Weight, Tag(s.Provider))));
        meter.CreateObservableGauge("sending.due", () => due.Select(d => new Measurement<long>(d.Value.Count, Class(d.Key))));
        meter.CreateObservableGauge("sending.oldest_due", () => due.Select(d => new Measurement<double>(d.Value.Age, Class(d.Key))), "s");
    }

    public void Watch(IReadOnlyList<ProviderStanding> all) => standings = all;

    public void Attempted(IMessageProvider provider, ProviderAnswer answer, TimeSpan took)
    {
        attempts.Add(1, Tag(provider), new KeyValuePair<string, object?>("outcome", Outcomes.Of(answer)));
        latency.Record(took.TotalSeconds, Tag(provider));
    }

    public void Switched(IMessageProvider provider, string reason) => switched.Add(1, Tag(provider), new KeyValuePair<string, object?>("reason", reason));

    public void MayBeTwice(MessageChannel channel) => twice.Add(1, new KeyValuePair<string, object?>("channel", Words.Of(channel)));

    public void CodeSent(TimeSpan since, MessageChannel channel) =>
        codes.Record(since.TotalSeconds, new KeyValuePair<string, object?>("channel", Words.Of(channel)));

    public void Due(NoticeClass of, long count, TimeSpan oldest) => due[of] = (count, oldest.TotalSeconds);

    private static KeyValuePair<string, object?> Tag(IMessageProvider provider) => new("provider", provider.Name);

    private static KeyValuePair<string, object?> Class(NoticeClass of) => new("class", Words.Of(of));
}
