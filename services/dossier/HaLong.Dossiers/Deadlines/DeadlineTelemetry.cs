using System.Diagnostics.Metrics;

namespace HaLong.Dossiers.Deadlines;

/// <summary>Metrics: <c>dossier.deadlines_recounted</c> after changes of the calendar, and how many <c>dossier.due_dates_moved</c> by it.</summary>
internal sealed class DeadlineTelemetry
{
    private readonly Counter<long> recounted, moved;

    public DeadlineTelemetry(IMeterFactory factory)
    {
        var meter = factory.Create("HaLong.Dossier");
        recounted = meter.CreateCounter<long>("dossier.deadlines_recounted");
        moved = meter.CreateCounter<long>("dossier.due_dates_moved");
    }

    public void Recounted(int dossiers, int dates)
    {
        recounted.Add(dossiers);
        moved.Add(dates);
    }
}
