using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Tests.Statistics.Keeping;

namespace HaLong.Dossiers.Tests.Statistics;

/// <summary>The clock of indicator 2.1, day by day.</summary>
public sealed class ClocksTests
{
    private static readonly DateOnly Monday = new(2026, 3, 2);

    private static DossierFact Fact(int? due, params (int Day, short Kind)[] states) => new()
    {
        DossierId = Guid.CreateVersion7(),
        UnitCode = "06688",
        Level = "commune",
        ReceivingUnitCode = "06688",
        ProcedureCode = "1.013978",
        FieldCode = "LAND",
        Source = IntakeSource.OwnForm,
        Hand = FilingHand.Self,
        ReceivedDay = Monday,
        AcceptedDay = Monday.AddDays(1),
        StatisticalDue = due is { } days ? Monday.AddDays(days) : null,
        StateDays = [.. states.Select(s => Monday.AddDays(s.Day))],
        StateKinds = [.. states.Select(s => s.Kind)],
    };

    private static long[] At(DossierFact fact, Measure measure, params int[] days) =>
        [.. days.Select(d => Contributions.Of(fact).Where(c => c.Measure == measure && c.Day <= Monday.AddDays(d)).Sum(c => c.Value))];

    [Fact]
    public void Open_begins_with_acceptance_and_ends_with_the_clock()
    {
        var fact = Replays.With(
            Fact(null, (0, StateKind.New), (2, StateKind.Processing), (5, StateKind.Payment), (9, StateKind.Resolved)),
            (nameof(DossierFact.ResolvedDay), Monday.AddDays(9)), (nameof(DossierFact.Statistical), Punctuality.Early));
        Assert.Equal([0, 0, 1, 1, 0], At(fact, Measure.StockOpen, 0, 1, 2, 8, 9));
        Assert.Equal([0, 1], At(fact, Measure.Ended, 8, 9));
        Assert.Equal([0, 1], At(fact, Measure.EndedInTime, 8, 9));
        Assert.Equal([0], At(fact, Measure.StockOpenLate, 999));
    }

    [Fact]
    public void An_end_on_another_day_than_the_state_says_ends_the_stock()
    {
        var fact = Replays.With(Fact(3, (0, StateKind.Processing), (9, StateKind.Resolved)), (nameof(DossierFact.ResolvedDay), Monday.AddDays(6)),
            (nameof(DossierFact.Statistical), Punctuality.Late));
        Assert.Equal([1, 0, 0], At(fact, Measure.StockOpen, 5, 6, 9));
        Assert.Equal([0, 1, 1, 0], At(fact, Measure.StockOpenLate, 3, 4, 5, 6));
        Assert.Equal([1, 0], [.. At(fact, Measure.Ended, 6), .. At(fact, Measure.EndedInTime, 6)]);
    }

    [Fact]
    public void Late_begins_after_the_due_date_also_on_a_day_that_has_not_come() =>
        Assert.Equal([0, 0, 1, 1], At(Fact(400, (0, StateKind.Processing)), Measure.StockOpenLate, 2, 400, 401, 9999));

    [Theory]
    [InlineData(4, 1)]
    [InlineData(5, 0)]
    public void While_the_applicant_completes_or_pays_the_clock_stands_at_the_day_that_began(int due, int late)
    {
        foreach (var waiting in new[] { StateKind.Supplement, StateKind.Payment })
        {
            var fact = Fact(due, (0, StateKind.Processing), (5, waiting), (20, StateKind.Processing));
            Assert.Equal([late, late, 1], At(fact, Measure.StockOpenLate, 5, 19, 20));
        }
    }

    [Fact]
    public void The_second_request_is_late_from_its_day_on()
    {
        var fact = Replays.With(
            Fact(400, (0, StateKind.Processing), (3, StateKind.Supplement), (5, StateKind.Processing), (7, StateKind.Supplement), (8, StateKind.Processing)),
            (nameof(DossierFact.SupplementDays), new[] { Monday.AddDays(7), Monday.AddDays(3) }));
        Assert.Equal([0, 0, 1, 1], At(fact, Measure.StockOpenLate, 3, 6, 7, 8));
        // Withdrawn after one request: in time; after two: late, whatever the date.
        foreach (var (day, inTime) in new[] { (6, 1), (9, 0) })
            Assert.Equal([inTime], At(Replays.With(fact, (nameof(DossierFact.ClosedDay), Monday.AddDays(day))), Measure.EndedInTime, 9));
    }

    [Fact]
    public void Not_accepted_is_never_open_and_ends_in_time_without_a_date()
    {
        var fact = Replays.With(Fact(null, (0, StateKind.New), (4, StateKind.NotAccepted)), (nameof(DossierFact.AcceptedDay), null),
            (nameof(DossierFact.ClosedDay), Monday.AddDays(4)));
        Assert.Equal([0], At(fact, Measure.StockOpen, 999));
        Assert.Equal([1, 1], [.. At(fact, Measure.Ended, 4), .. At(fact, Measure.EndedInTime, 4)]);
    }

    [Theory]
    [InlineData(false, false, null, false, 1, 0, 0, 0)]
    [InlineData(true, false, PaidBy.Cash, true, 0, 0, 1, 0)]
    [InlineData(true, true, PaidBy.Portal, true, 1, 1, 1, 1)]
    public void What_the_index_asks_of_results_fees_and_the_ledger(
        bool resolved, bool electronic, string? paidBy, bool told, int complete, int paid, int inLedger, int shared)
    {
        var fact = Replays.With(
            Fact(null, (0, StateKind.New)), (nameof(DossierFact.ResolvedDay), resolved ? Monday.AddDays(3) : null), (nameof(DossierFact.HasFees), true),
            (nameof(DossierFact.ResultExpected), resolved), (nameof(DossierFact.ResultElectronic), electronic), (nameof(DossierFact.PaidBy), paidBy),
            (nameof(DossierFact.InLedger), told), (nameof(DossierFact.ReceptionAcknowledged), told), (nameof(DossierFact.ResultAcknowledged), told));
        Assert.Equal([complete, paid, inLedger, inLedger], new[] { Measure.OnlineComplete, Measure.PaidElectronically, Measure.InPortalLedger,
            Measure.Synchronised }.SelectMany(m => At(fact, m, 0)));
        Assert.Equal([inLedger, shared], new[] { Measure.ResolvedInLedger, Measure.SharedWithStore }.SelectMany(m => At(fact, m, 3)));
        Assert.Equal(0, At(Replays.With(fact, (nameof(DossierFact.FeesZero), true)), Measure.PaidElectronically, 0)[0]);
    }
}
