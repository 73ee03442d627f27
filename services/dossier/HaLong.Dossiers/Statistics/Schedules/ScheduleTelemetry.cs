using System.Diagnostics.Metrics;

namespace HaLong.Dossiers.Statistics.Schedules;

/// <summary>
/// Metrics of schedules: <c>dossier.reports_made</c> by rhythm, <c>dossier.report_failures</c>, <c>dossier.report_pauses</c> by reason; and, as of the last
/// round, <c>dossier.reports_due</c> and <c>dossier.reports_oldest_due</c> (seconds).
/// </summary>
internal sealed class ScheduleTelemetry
{
    private readonly Counter<long> made, failures, pauses;
    private long due;
    private double oldest;

    public ScheduleTelemetry(IMeterFactory factory)
    {
        var meter = factory.Create("HaLong.Dossier");
        made = meter.CreateCounter<long>("dossier.reports_made");
        failures = meter.CreateCounter<long>("dossier.report_failures");
        pauses = meter.CreateCounter<long>("dossier.report_pauses");
        meter.CreateObservableGauge("dossier.reports_due", () => Interlocked.Read(ref due));
        meter.CreateObservableGauge("dossier.reports_oldest_due", () => Volatile.Read(ref oldest), "s");
    }

    public void Made(string rhythm) => made.Add(1, new KeyValuePair<string, object?>("rhythm", rhythm));

    public void Failed() => failures.Add(1);

    public void Paused(string reason) => pauses.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Waiting(long count, TimeSpan since)
    {
        Interlocked.Exchange(ref due, count);
        Volatile.Write(ref oldest, since.TotalSeconds);
    }
}
