using System.Diagnostics.Metrics;

namespace HaLong.Dossiers.Statistics.Waits.Expected;

/// <summary>Metric <c>dossier.expected_waits</c>: told by basis, and whether of a filed dossier. Many of “none” or “unavailable” are worth a look.</summary>
internal sealed class ExpectedWaitTelemetry(IMeterFactory factory)
{
    private readonly Counter<long> told = factory.Create("HaLong.Dossier").CreateCounter<long>("dossier.expected_waits");

    public void Told(string basis, bool filed) => told.Add(1, new("basis", basis), new("filed", filed));
}
