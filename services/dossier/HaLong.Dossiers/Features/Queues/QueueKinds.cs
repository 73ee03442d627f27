using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Features.Queues;

/// <summary>The queues by name, and what stands in each. A dossier stands in several: overdue and mine, for example.</summary>
internal static class QueueKinds
{
    public const string Unit = "unit";
    public const string Mine = "mine";
    public const string Unassigned = "unassigned";
    public const string Expiring = "expiring";
    public const string Overdue = "overdue";

    /// <summary>Queues by whose move it is: the words of <see cref="Dossier.QueuedFor"/>.</summary>
    public static readonly IReadOnlyList<string> Waits = ["applicant", "reception", "officer", "agency", "payment", "signature", "handover"];

    public static readonly IReadOnlyList<string> All = [Unit, Mine, Unassigned, Expiring, Overdue, .. Waits];

    /// <summary>Where lateness is looked for the first due comes first, elsewhere what was filed first.</summary>
    public static string SortOf(string queue) => queue is Expiring or Overdue ? QueueSorts.Due : QueueSorts.Filed;

    /// <param name="open">What the caller may see, filed and not over.</param>
    /// <param name="queue">One of <see cref="All"/>.</param>
    /// <param name="at">By which moment.</param>
    /// <param name="officers">The caller, and those for whom he stands in.</param>
    /// <param name="clocks">What the limits are counted in.</param>
    public static IQueryable<Dossier> Pick(IQueryable<Dossier> open, string queue, QueueMoment at, IReadOnlyList<Guid> officers, IQueryable<DossierClock> clocks)
    {
        var (now, today, soon) = at;
        return queue switch
        {
            Unit => open,
            // One officer as himself and not as a list: only then the rows come out of the index in order.
            Mine when officers is [var me] => open.Where(d => d.OfficerId == me),
            Mine => open.Where(d => officers.Contains(d.OfficerId!.Value)),
            Unassigned => open.Where(d => d.OfficerId == null && d.AcceptedAt != null),
            // The unit of the limit by a scalar query: EXISTS could make the planner read every clock there is.
            Expiring => open.Where(d => d.DueOrder >= today && d.DueOrder < soon && !(d.DueOrder < now
                && (clocks.Where(c => c.DossierId == d.Id).Select(c => (LimitUnit?)c.Unit).FirstOrDefault() == LimitUnit.WorkingHour
                    || clocks.Where(c => c.DossierId == d.Id).Select(c => (LimitUnit?)c.Unit).FirstOrDefault() == LimitUnit.HalfDay))),
            Overdue => open.Where(d => d.DueOrder < now && (d.DueOrder < today
                || clocks.Where(c => c.DossierId == d.Id).Select(c => (LimitUnit?)c.Unit).FirstOrDefault() == LimitUnit.WorkingHour
                || clocks.Where(c => c.DossierId == d.Id).Select(c => (LimitUnit?)c.Unit).FirstOrDefault() == LimitUnit.HalfDay)),
            _ => open.Where(d => d.QueuedFor == queue),
        };
    }
}

/// <summary>In which order a queue is shown.</summary>
internal static class QueueSorts
{
    public const string Due = "due";
    public const string Filed = "filed";
}
