using System.Diagnostics.Metrics;

namespace HaLong.Dossiers.Statistics.Index.Closing;

/// <summary>
/// Metrics: <c>dossier.index_months_closed</c> by whether it was again, <c>dossier.index_closing_duration</c> (seconds for all units of a month), and
/// <c>dossier.index_months_due</c>, months that should be closed and are not.
/// </summary>
internal sealed class IndexTelemetry
{
    private readonly Counter<long> closed;
    private readonly Histogram<double> duration;
    private long due;

    public IndexTelemetry(IMeterFactory factory)
    {
        var meter = factory.Create("HaLong.Dossier");
        closed = meter.CreateCounter<long>("dossier.index_months_closed");
        duration = meter.CreateHistogram<double>("dossier.index_closing_duration", "s");
        meter.CreateObservableGauge("dossier.index_months_due", () => Interlocked.Read(ref due));
    }

    public long MonthsDue => Interlocked.Read(ref due);

    public void Closed(TimeSpan took, bool again)
    {
        closed.Add(1, new KeyValuePair<string, object?>("again", again));
        duration.Record(took.TotalSeconds);
    }

    public void Due(long months) => Interlocked.Exchange(ref due, months);
}
