using System.Diagnostics.Metrics;

namespace HaLong.Dossiers.Reuse;

/// <summary>Metric <c>dossier.documents_reused</c> by kind: result or component.</summary>
internal sealed class ReuseTelemetry(IMeterFactory factory)
{
    private readonly Counter<long> reused = factory.Create("HaLong.Dossier").CreateCounter<long>("dossier.documents_reused");

    public void Reused(string kind) => reused.Add(1, new KeyValuePair<string, object?>("kind", kind));
}
