using System.Diagnostics.Metrics;

namespace HaLong.Dossiers.Archive;

/// <summary>
/// Metrics: <c>dossier.archived</c>, <c>dossier.destroyed</c>, <c>dossier.drafts_expired</c>, and what waits: <c>dossier.archive_waiting</c>,
/// <c>dossier.destruction_waiting</c>.
/// </summary>
internal sealed class ArchiveTelemetry
{
    private readonly Counter<long> archived, destroyed, draftsExpired;
    private long toArchive, toDestroy;

    public ArchiveTelemetry(IMeterFactory factory)
    {
        var meter = factory.Create("HaLong.Dossier");
        archived = meter.CreateCounter<long>("dossier.archived");
        destroyed = meter.CreateCounter<long>("dossier.destroyed");
        draftsExpired = meter.CreateCounter<long>("dossier.drafts_expired");
        meter.CreateObservableGauge("dossier.archive_waiting", () => Interlocked.Read(ref toArchive));
        meter.CreateObservableGauge("dossier.destruction_waiting", () => Interlocked.Read(ref toDestroy));
    }

    public void Archived() => archived.Add(1);

    public void Destroyed() => destroyed.Add(1);

    public void DraftsExpired(int count) => draftsExpired.Add(count);

    public void Waiting(long archive, long destruction)
    {
        Interlocked.Exchange(ref toArchive, archive);
        Interlocked.Exchange(ref toDestroy, destruction);
    }
}
