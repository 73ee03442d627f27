using HaLong.Dossiers.Statistics.Facts;

namespace HaLong.Dossiers.Statistics.Cubes;

/// <summary>
/// What a fact adds to the counts of indicator 2.1 of Decision 766: the day its clock ended, and the days on which it is open, in time or late. A day on which
/// it becomes late may lie ahead.
/// </summary>
internal static class Clocks
{
    /// <summary>When a dossier's clock ended; null while it runs.</summary>
    public static DateOnly? EndOf(DossierFact f) => f.ResolvedDay ?? f.ReturnedDay ?? f.ClosedDay;

    public static void Add(DossierFact f, List<Contribution> all)
    {
        var (end, second) = (EndOf(f), SecondRequest(f));
        if (end is { } ended)
        {
            all.Add(new Contribution(ended, Measure.Ended, 1));
            Contributions.AddIf(all, InTime(f, ended, second), ended, Measure.EndedInTime);
        }

        // Whoever was not accepted has no clock yet.
        if (f.AcceptedDay is not { } accepted)
            return;
        var states = Math.Min(f.StateDays.Length, f.StateKinds.Length);
        for (var i = 0; i < states; i++)
        {
            if (f.StateKinds[i] is not (StateKind.Accepted or StateKind.Processing or StateKind.Supplement or StateKind.Payment))
                continue;
            var from = Contributions.Later(Contributions.Later(f.StateDays[i], f.ReceivedDay), accepted);
            var until = Earlier(i + 1 < f.StateDays.Length ? Contributions.Later(f.StateDays[i + 1], f.ReceivedDay) : null, end);
            Contributions.Stand(all, Measure.StockOpen, from, until);
            if (Earlier(LateFrom(f, i), second) is { } late)
                Contributions.Stand(all, Measure.StockOpenLate, Contributions.Later(from, late), until);
        }
    }

    private static bool InTime(DossierFact f, DateOnly ended, DateOnly? second) =>
        f.Statistical is { } known ? known != Punctuality.Late : !(second <= ended) && !(f.StatisticalDue < ended);

    // While the applicant completes or pays the clock stands at the day that began.
    private static DateOnly? LateFrom(DossierFact f, int state)
    {
        if (f.StatisticalDue is not { } due)
            return null;
        if (StateKind.IsInProgress(f.StateKinds[state]))
            return due.AddDays(1);
        return due < f.StateDays[state] ? f.StateDays[state] : null;
    }

    private static DateOnly? SecondRequest(DossierFact f) => f.SupplementDays.Length > 1 ? f.SupplementDays.Order().ElementAt(1) : null;

    private static DateOnly? Earlier(DateOnly? a, DateOnly? b) => a is null || b < a ? b : a;
}
