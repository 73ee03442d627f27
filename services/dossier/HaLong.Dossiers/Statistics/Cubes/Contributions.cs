using HaLong.Dossiers.Statistics.Facts;
using static HaLong.Dossiers.Statistics.Cubes.Measure;

namespace HaLong.Dossiers.Statistics.Cubes;

/// <summary>What a fact adds to a measure on a day. A stock's value is its change on that day: the stock at the end of a day is the sum up to it.</summary>
internal readonly record struct Contribution(DateOnly Day, Measure Measure, long Value);

/// <summary>
/// Everything that a fact adds to the figures. Days may lie ahead: a dossier that will be overdue counts from that day on, and does not before it comes.
/// No day of a fact lies before its receipt.
/// </summary>
internal static class Contributions
{
    public static List<Contribution> Of(DossierFact fact)
    {
        var all = new List<Contribution>(32);
        Received(fact, all);
        Resolved(fact, all);
        Happened(fact, all);
        Rated(fact, all);
        Stocks(fact, all);
        Clocks.Add(fact, all);
        all.Sort(static (a, b) => a.Day.CompareTo(b.Day));
        return all;
    }

    private static void Received(DossierFact f, List<Contribution> all)
    {
        void Add(Measure measure, bool counts) => AddIf(all, counts, f.ReceivedDay, measure);
        Add(Measure.Received, true);
        Add(ReceivedOnline, IntakeSource.IsOnline(f.Source, f.Hand));
        Add(Assisted, f.Hand == FilingHand.Helper);
        Add(WithComponents, f.HasComponents);
        Add(Digitised, f.HasComponents && f.DigitisedAtReception);
        Add(Reused, f.Reused > 0);
        Add(IdentityProved, f.IdentityProved);
        Add(WithFees, f.HasFees);
        Add(FeesZero, f.HasFees && f.FeesZero);
        Add(PaidPortal, f.PaidBy == PaidBy.Portal);
        Add(PaidOnline, f.PaidBy == PaidBy.Online);
        Add(PaidCash, f.PaidBy == PaidBy.Cash);
        if (f.PaidAmount != 0)
            all.Add(new Contribution(f.ReceivedDay, PaidAmount, f.PaidAmount));
        Add(OnlineComplete, IntakeSource.IsOnline(f.Source, f.Hand) && (!f.ResultExpected || f.ResultElectronic));
        Add(PaidElectronically, f.HasFees && !f.FeesZero && (f.PaidBy is PaidBy.Portal or PaidBy.Online));
        Add(InPortalLedger, f.InLedger);
        Add(Synchronised, f.ReceptionAcknowledged);
    }

    private static void Resolved(DossierFact f, List<Contribution> all)
    {
        if (f.ResolvedDay is not { } day)
            return;
        void Add(Measure measure, bool counts) => AddIf(all, counts, day, measure);
        Add(Measure.Resolved, true);
        Add(Early, f.Legal == Punctuality.Early);
        Add(OnTime, f.Legal == Punctuality.OnTime);
        Add(Late, f.Legal == Punctuality.Late);
        Add(StatisticalEarly, f.Statistical == Punctuality.Early);
        Add(StatisticalOnTime, f.Statistical == Punctuality.OnTime);
        Add(StatisticalLate, f.Statistical == Punctuality.Late);
        Add(ResultsExpected, f.ResultExpected);
        Add(ElectronicResults, f.ResultExpected && f.ResultElectronic);
        Add(FullyDigital, f.HasComponents && f.DigitisedAtReception && f.ResultElectronic);
        Add(Refused, f.Refused);
        Add(AskedOnce, f.SupplementDays.Length == 1);
        Add(AskedMore, f.SupplementDays.Length > 1);
        Add(ResolvedOnline, IntakeSource.IsOnline(f.Source, f.Hand));
        Add(ResolvedInLedger, f.InLedger);
        Add(SharedWithStore, f.ResultExpected && (f.Reused > 0 || (f.ResultElectronic && f.ResultAcknowledged)));
    }

    private static void Happened(DossierFact f, List<Contribution> all)
    {
        if (f.ClosedDay is { } closed && f.StateKinds is [.., var last])
        {
            AddIf(all, last == StateKind.NotAccepted, closed, NotAccepted);
            AddIf(all, last == StateKind.Withdrawn, closed, Withdrawn);
            AddIf(all, last == StateKind.Stopped, closed, Stopped);
        }

        if (f.ReturnedDay is { } returned)
            all.Add(new Contribution(returned, Returned, 1));
        foreach (var day in f.SupplementDays)
            all.Add(new Contribution(day, Supplements, 1));
        foreach (var day in f.ApologyDays)
            all.Add(new Contribution(day, Apologies, 1));
    }

    private static void Rated(DossierFact f, List<Contribution> all)
    {
        if (f.RatedDay is not { } day)
            return;
        all.Add(new Contribution(day, Ratings, 1));
        if (f.Rating is not { } stars)
            return;
        all.Add(new Contribution(day, RatingSum, stars));
        AddIf(all, stars >= 4, day, Satisfied);
        AddIf(all, stars <= 2, day, Dissatisfied);
    }

    private static void Stocks(DossierFact f, List<Contribution> all)
    {
        var states = Math.Min(f.StateDays.Length, f.StateKinds.Length);
        for (var i = 0; i < states; i++)
        {
            var (from, until) = (Later(f.StateDays[i], f.ReceivedDay), i + 1 < f.StateDays.Length ? Later(f.StateDays[i + 1], f.ReceivedDay) : (DateOnly?)null);
            if (StockOf(f.StateKinds[i]) is not { } stock)
                continue;
            Stand(all, stock, from, until);
            if (stock != StockInProgress)
                continue;
            // Overdue is what is in progress on a day after the due date.
            Overdue(all, StockOverdue, f.LegalDue, from, until);
            Overdue(all, StockStatisticallyOverdue, f.StatisticalDue, from, until);
        }
    }

    private static void Overdue(List<Contribution> all, Measure measure, DateOnly? due, DateOnly from, DateOnly? until)
    {
        if (due is { } date)
            Stand(all, measure, Later(from, date.AddDays(1)), until);
    }

    /// <summary>It is in a stock from a day on, until the day on which it is not any more.</summary>
    public static void Stand(List<Contribution> all, Measure measure, DateOnly from, DateOnly? until)
    {
        if (until <= from)
            return;
        all.Add(new Contribution(from, measure, 1));
        if (until is { } end)
            all.Add(new Contribution(end, measure, -1));
    }

    private static Measure? StockOf(short kind) => kind switch
    {
        StateKind.New => StockNew,
        StateKind.Accepted or StateKind.Processing => StockInProgress,
        StateKind.Supplement => StockSupplement,
        StateKind.Payment => StockPayment,
        StateKind.Resolved => StockToHandOver,
        _ => null,
    };

    public static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    public static void AddIf(List<Contribution> all, bool counts, DateOnly day, Measure measure)
    {
        if (counts)
            all.Add(new Contribution(day, measure, 1));
    }
}
