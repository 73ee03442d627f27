using HaLong.Dossiers.Statistics.Waits.Expected;

namespace HaLong.Dossiers.Statistics.Waits.BackTest;

/// <summary>
/// Walks through history: at the beginning of each week it says what would have been said then, from what was known then, and compares that with what
/// became of the dossiers filed that week. Pure.
/// </summary>
internal static class BackTester
{
    /// <param name="outcomes">All there are of the procedures: those before the weeks are what was known.</param>
    /// <param name="first">The first week, by its Monday.</param>
    /// <param name="last">The last one.</param>
    /// <param name="parents">Who is below whom.</param>
    /// <param name="options">As the expectation is made.</param>
    /// <returns>For each week, unit and procedure of which something was filed.</returns>
    public static IEnumerable<(DateOnly Week, string Unit, string Procedure, AccuracySums Sums)> Run(
        IEnumerable<Outcome> outcomes, DateOnly first, DateOnly last, UnitParents parents, ExpectedWaitOptions options)
    {
        foreach (var procedure in outcomes.GroupBy(o => o.Procedure, StringComparer.Ordinal))
        {
            var history = StayHistory.Of(procedure.Where(o => o.Ended is not null).Select(o => (o.Unit, o.Ended!.Value, o.Minutes, 0)));
            foreach (var filed in procedure.GroupBy(o => (Week: Weeks.Of(o.Received), o.Unit)).Where(g => g.Key.Week >= first && g.Key.Week <= last))
            {
                var (said, _) = Widening.Choose(history, filed.Key.Unit, parents, filed.Key.Week.AddDays(-1), options, i => history.Whole[i]);
                yield return (filed.Key.Week, filed.Key.Unit, procedure.Key,
                    filed.Aggregate(new AccuracySums(), (sums, outcome) => sums + AccuracySums.Of(outcome, said)));
            }
        }
    }
}
