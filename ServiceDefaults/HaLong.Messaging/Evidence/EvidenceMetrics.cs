using System.Diagnostics.Metrics;

namespace HaLong.Messaging;

/// <summary>
/// <c>evidence.chained</c> rows, <c>evidence.lag</c> seconds from happening to chaining of the oldest row of the last round (alert above 2),
/// <c>evidence.cut_off</c> rounds that found rows of the chain gone (alert on any), <c>evidence.anchors</c> by outcome.
/// </summary>
internal sealed class EvidenceMetrics
{
    private readonly Counter<long> _chained, _cutOff, _anchors;
    private double _lag;

    public EvidenceMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MessagingTelemetry.Name);
        _chained = meter.CreateCounter<long>("evidence.chained");
        _cutOff = meter.CreateCounter<long>("evidence.cut_off");
        _anchors = meter.CreateCounter<long>("evidence.anchors");
        meter.CreateObservableGauge("evidence.lag", () => Volatile.Read(ref _lag), "s");
    }

    public void Chained(int rows, TimeSpan lag)
    {
        _chained.Add(rows);
        Volatile.Write(ref _lag, Math.Max(0, lag.TotalSeconds));
    }

    public void CutOff() => _cutOff.Add(1);

    public void Anchored(string outcome) => _anchors.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
