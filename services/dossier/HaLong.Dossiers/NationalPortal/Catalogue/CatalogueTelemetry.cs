using System.Diagnostics.Metrics;

namespace HaLong.Dossiers.NationalPortal.Catalogue;

/// <summary>Metrics: <c>portal.catalogue_reads</c> by outcome.</summary>
internal sealed class CatalogueTelemetry
{
    private readonly Counter<long> reads;

    public CatalogueTelemetry(IMeterFactory factory) => reads = factory.Create("HaLong.Dossier").CreateCounter<long>("portal.catalogue_reads");

    public void Read(bool done) => reads.Add(1, new KeyValuePair<string, object?>("outcome", done ? "done" : "failed"));
}
