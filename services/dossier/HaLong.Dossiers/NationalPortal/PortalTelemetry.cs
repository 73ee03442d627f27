using System.Diagnostics.Metrics;

namespace HaLong.Dossiers.NationalPortal;

/// <summary>What waits and differs, as of the last look.</summary>
/// <param name="Pending">Dossiers of which the portal has to be told something.</param>
/// <param name="Unknown">Of these, sent with an unknown outcome or on their way.</param>
/// <param name="OldestPending">How long the oldest has waited.</param>
/// <param name="Drift">Dossiers by kind of drift.</param>
internal sealed record LedgerGauge(long Pending, long Unknown, long Rejected, TimeSpan OldestPending, IReadOnlyList<KeyValuePair<string, long>> Drift);

/// <summary>
/// Metrics: <c>portal.attempts</c> by message and outcome, <c>portal.acknowledgement_delay</c> (seconds from the change to the acknowledgement),
/// <c>portal.compares</c>
/// by outcome; as of the last look <c>portal.pending</c>, <c>portal.sent_unknown</c>, <c>portal.rejected</c>, <c>portal.oldest_pending</c> (seconds),
/// <c>portal.drift</c> by
/// kind; and <c>portal.circuit</c> (0 closed, 1 half open, 2 open).
/// </summary>
internal sealed class PortalTelemetry
{
    private readonly Counter<long> attempts, compares;
    private readonly Histogram<double> delay;
    private volatile LedgerGauge gauge = new(0, 0, 0, TimeSpan.Zero, []);
    private volatile int circuit;

    public PortalTelemetry(IMeterFactory factory)
    {
        var meter = factory.Create("HaLong.Dossier");
        attempts = meter.CreateCounter<long>("portal.attempts");
        compares = meter.CreateCounter<long>("portal.compares");
        delay = meter.CreateHistogram<double>("portal.acknowledgement_delay", "s");
        meter.CreateObservableGauge("portal.pending", () => gauge.Pending);
        meter.CreateObservableGauge("portal.sent_unknown", () => gauge.Unknown);
        meter.CreateObservableGauge("portal.rejected", () => gauge.Rejected);
        meter.CreateObservableGauge("portal.oldest_pending", () => gauge.OldestPending.TotalSeconds, "s");
        meter.CreateObservableGauge("portal.drift",
            () => gauge.Drift.Select(d => new Measurement<long>(d.Value, new KeyValuePair<string, object?>("kind", d.Key))));
        meter.CreateObservableGauge("portal.circuit", () => circuit);
    }

    public void Attempted(string message, string outcome) =>
        attempts.Add(1, new KeyValuePair<string, object?>("message", message), new KeyValuePair<string, object?>("outcome", outcome));

    public void Acknowledged(TimeSpan after) => delay.Record(Math.Max(0, after.TotalSeconds));

    public void Compared(string outcome) => compares.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Looked(LedgerGauge counted) => gauge = counted;

    public void Circuit(CircuitState state) => circuit = (int)state;
}

/// <summary>Whether the portal is called at all.</summary>
internal enum CircuitState
{
    Closed,

    /// <summary>One call is allowed, to see.</summary>
    HalfOpen,
    Open,
}
