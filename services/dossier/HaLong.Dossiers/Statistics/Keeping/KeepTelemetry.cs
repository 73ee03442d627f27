using System.Diagnostics.Metrics;

namespace HaLong.Dossiers.Statistics.Keeping;

/// <summary>
/// Metrics: <c>statistics.changed_waiting</c> and <c>statistics.changed_oldest_age</c> as of the last round, <c>statistics.facts_applied</c>,
/// <c>statistics.keep_duration</c> of a batch, <c>statistics.keep_failures</c>; <c>statistics.rebuild_duration</c> by kind, and
/// <c>statistics.differences</c>, what the last comparison found.
/// </summary>
internal sealed class KeepTelemetry
{
    private readonly Counter<long> applied, failures;
    private readonly Histogram<double> duration, rebuilds;
    private volatile Waiting waiting = new(0, TimeSpan.Zero);
    private long differences;

    public KeepTelemetry(IMeterFactory factory)
    {
        var meter = factory.Create("HaLong.Dossier");
        applied = meter.CreateCounter<long>("statistics.facts_applied");
        failures = meter.CreateCounter<long>("statistics.keep_failures");
        duration = meter.CreateHistogram<double>("statistics.keep_duration", "s");
        rebuilds = meter.CreateHistogram<double>("statistics.rebuild_duration", "s");
        meter.CreateObservableGauge("statistics.changed_waiting", () => waiting.Count);
        meter.CreateObservableGauge("statistics.changed_oldest_age", () => waiting.OldestAge.TotalSeconds, "s");
        meter.CreateObservableGauge("statistics.differences", () => Interlocked.Read(ref differences));
    }

    /// <summary>As of the last round.</summary>
    public Waiting Waits => waiting;

    public void Applied(int facts, TimeSpan took)
    {
        applied.Add(facts);
        duration.Record(took.TotalSeconds);
    }

    public void Failed() => failures.Add(1);

    public void Counted(Waiting now) => waiting = now;

    public void Compared(long found) => Interlocked.Exchange(ref differences, found);

    public void Rebuilt(string kind, TimeSpan took) => rebuilds.Record(took.TotalSeconds, new KeyValuePair<string, object?>("kind", kind));

    /// <summary>Changes that are not taken over yet.</summary>
    internal sealed record Waiting(long Count, TimeSpan OldestAge);
}
