using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Statistics.Facts;

/// <summary>The states of a dossier by day: in which it was at the end of each day on which that changed.</summary>
internal static class FactStates
{
    public static (DateOnly[] Days, short[] Kinds) Of(DossierHistory h)
    {
        var (days, kinds, latest) = (new List<DateOnly>(), new List<short>(), 0L);
        foreach (var step in h.Steps)
        {
            // Clocks of replicas differ by a little: a step is never before its predecessor.
            latest = Math.Max(latest, LocalTicks.Of(step.At));
            if (DossierStatus.PortalCode(step.To) is { } kind)
                Add(LocalTicks.Date(latest), (short)kind);
        }
        // From before there were timelines.
        if (kinds.Count == 0 && DossierStatus.PortalCode(h.Status) is { } now)
            Add(LocalTicks.Date(LocalTicks.Of(h.ClosedAt ?? h.ResolvedAt ?? h.AcceptedAt ?? h.SubmittedAt)), (short)now);
        return ([.. days], [.. kinds]);

        void Add(DateOnly day, short kind)
        {
            if (days.Count > 0 && days[^1] == day)
                Remove();
            if (kinds.Count > 0 && kinds[^1] == kind)
                return;
            days.Add(day);
            kinds.Add(kind);
        }

        void Remove()
        {
            days.RemoveAt(days.Count - 1);
            kinds.RemoveAt(kinds.Count - 1);
        }
    }
}
