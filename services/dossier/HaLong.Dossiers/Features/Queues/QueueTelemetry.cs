using System.Diagnostics.Metrics;

namespace HaLong.Dossiers.Features.Queues;

/// <summary>Metrics: <c>dossier.queued</c> by unit and by whose move it is, <c>dossier.overdue</c> by unit.</summary>
internal sealed class QueueTelemetry
{
    private volatile QueueLength[] lengths = [];

    public QueueTelemetry(IMeterFactory factory)
    {
        var meter = factory.Create("HaLong.Dossier");
        meter.CreateObservableGauge("dossier.queued", () => lengths.Select(l => new Measurement<long>(l.Queued, UnitOf(l), new("queue", l.QueuedFor))));
        meter.CreateObservableGauge("dossier.overdue", () => lengths.GroupBy(l => l.UnitCode).Select(g => new Measurement<long>(g.Sum(l => l.Overdue), UnitOf(g.First()))));
    }

    public void Counted(QueueLength[] counted) => lengths = counted;

    private static KeyValuePair<string, object?> UnitOf(QueueLength length) => new("unit", length.UnitCode);
}

/// <summary>How many wait for somebody in a unit.</summary>
/// <param name="Overdue">How many of them were due before today.</param>
internal sealed record QueueLength(string UnitCode, string QueuedFor, long Queued, long Overdue);
