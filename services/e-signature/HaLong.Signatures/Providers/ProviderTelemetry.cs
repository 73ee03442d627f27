using System.Diagnostics.Metrics;

namespace HaLong.Signatures.Providers;

/// <summary>What operators see of providers outside.</summary>
internal sealed class ProviderTelemetry
{
    private readonly Counter<long> ended;
    private readonly Counter<long> hooks;
    private readonly Histogram<double> calls;
    private long waiting;
    private double waitingAge;

    public ProviderTelemetry(IMeterFactory factory)
    {
        var meter = factory.Create(SignatureTelemetry.Name);
        ended = meter.CreateCounter<long>("halong.signature.provider.orders", description: "Orders at providers that ended, by provider, state, code and how it was learned.");
        hooks = meter.CreateCounter<long>("halong.signature.provider.hooks", description: "Notices of providers, by outcome.");
        calls = meter.CreateHistogram<double>("halong.signature.provider.call", "s", "Time until a provider answered, by provider, operation and outcome.");
        meter.CreateObservableGauge("halong.signature.provider.waiting", () => Interlocked.Read(ref waiting), description: "Orders whose answer is still to come.");
        meter.CreateObservableGauge("halong.signature.provider.waiting_age", () => Volatile.Read(ref waitingAge), "s", "Age of the oldest of them.");
    }

    /// <param name="provider">Its word.</param>
    /// <param name="outcome">The end.</param>
    /// <param name="how"><c>answered</c>, <c>asked</c> or <c>told</c>.</param>
    public void Ended(string provider, HashOutcome outcome, string how) => ended.Add(1, new("provider", provider), new("state", outcome.State.ToString()),
        new("code", outcome.Code), new("how", how));

    public void Hook(string outcome) => hooks.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Called(string provider, string operation, string outcome, TimeSpan elapsed) => calls.Record(elapsed.TotalSeconds, new("provider", provider),
        new("operation", operation), new("outcome", outcome));

    public void ObserveWaiting(long count, TimeSpan oldest)
    {
        Interlocked.Exchange(ref waiting, count);
        Volatile.Write(ref waitingAge, oldest.TotalSeconds);
    }
}
