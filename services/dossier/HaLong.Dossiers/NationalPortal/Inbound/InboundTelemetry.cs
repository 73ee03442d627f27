using System.Diagnostics.Metrics;

namespace HaLong.Dossiers.NationalPortal.Inbound;

/// <summary>How many filings are in a state, and since when the oldest.</summary>
internal sealed record InboundCount(string State, long Count, DateTimeOffset Oldest);

/// <summary>
/// Metrics: <c>portal.inbound_ended</c> by state, <c>portal.inbound_rounds</c> by outcome; and, as of the last round, <c>portal.inbound_waiting</c>
/// and
/// <c>portal.inbound_oldest</c> (seconds since it came) of filings that are not filed, by state.
/// </summary>
internal sealed class InboundTelemetry
{
    private readonly Counter<long> ended, rounds;
    private volatile IReadOnlyList<InboundCount> waiting = [];

    public InboundTelemetry(IMeterFactory factory, TimeProvider time)
    {
        var meter = factory.Create("HaLong.Dossier");
        ended = meter.CreateCounter<long>("portal.inbound_ended");
        rounds = meter.CreateCounter<long>("portal.inbound_rounds");
        meter.CreateObservableGauge("portal.inbound_waiting", () => waiting.Select(w => new Measurement<long>(w.Count, Of("state", w.State))));
        meter.CreateObservableGauge(
            "portal.inbound_oldest", () => waiting.Select(w => new Measurement<double>((time.GetUtcNow() - w.Oldest).TotalSeconds, Of("state", w.State))), "s");
    }

    public void Ended(string state) => ended.Add(1, Of("state", state));

    public void Round(bool isDone) => rounds.Add(1, Of("outcome", isDone ? "done" : "portalAway"));

    public void Waiting(IReadOnlyList<InboundCount> counted) => waiting = counted;

    private static KeyValuePair<string, object?> Of(string name, string value) => new(name, value);
}
