using System.Diagnostics.Metrics;
using HaLong.Notifications.Domain;

namespace HaLong.Notifications.Webhooks;

/// <summary>
/// <c>webhooks.since_fact</c> seconds from the fact to the first attempt; <c>subscriptions.changed</c> by state that the platform put them into;
/// <c>subscriptions.probes</c> by outcome; <c>subscriptions.pending</c> and <c>subscriptions.oldest_age</c> of the twenty subscriptions whose
/// deliveries wait longest; <c>webhooks.held</c> deliveries given back because nobody could say whether the partner may have them.
/// </summary>
internal sealed class WebhookMetrics
{
    private readonly Histogram<double> sinceFact;
    private readonly Counter<long> changed, probes, held;
    private volatile IReadOnlyList<Waiting> waiting = [];

    internal sealed record Waiting(Guid Subscription, long Count, double Age);

    public WebhookMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(NotificationMetrics.Name);
        sinceFact = meter.CreateHistogram<double>("webhooks.since_fact", "s");
        changed = meter.CreateCounter<long>("subscriptions.changed");
        probes = meter.CreateCounter<long>("subscriptions.probes");
        held = meter.CreateCounter<long>("webhooks.held");
        meter.CreateObservableGauge("subscriptions.pending", () => waiting.Select(w => new Measurement<long>(w.Count, Of(w))));
        meter.CreateObservableGauge("subscriptions.oldest_age", () => waiting.Select(w => new Measurement<double>(w.Age, Of(w))), "s");
    }

    public void FirstAttempt(TimeSpan since) => sinceFact.Record(Math.Max(0, since.TotalSeconds));

    public void Changed(SubscriptionState state) => changed.Add(1, new KeyValuePair<string, object?>("state", Words.Of(state)));

    public void Probed(bool well) => probes.Add(1, new KeyValuePair<string, object?>("outcome", well ? "answered" : "failed"));

    public void Held(int count) => held.Add(count);

    public void Wait(IReadOnlyList<Waiting> longest) => waiting = longest;

    private static KeyValuePair<string, object?> Of(Waiting w) => new("subscription", w.Subscription.ToString());
}
