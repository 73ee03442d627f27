using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Keeping;

namespace HaLong.Dossiers.Tests.Statistics;

/// <summary>What single facts add to the figures, day by day.</summary>
public sealed class ContributionsTests
{
    private static readonly DateOnly Monday = new(2026, 3, 2);

    private static DossierFact Fact(DateOnly? due, params (int Day, short Kind)[] states) => new()
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
        LegalDue = due,
        StatisticalDue = due?.AddDays(1),
        StateDays = [.. states.Select(s => Monday.AddDays(s.Day))],
        StateKinds = [.. states.Select(s => s.Kind)],
    };

    private static long At(DossierFact fact, Measure stock, int day) => Contributions.Of(fact).Where(c => c.Measure == stock && c.Day <= Monday.AddDays(day)).Sum(c => c.Value);

    [Fact]
    public void A_stock_is_the_sum_of_its_changes_up_to_the_day()
    {
        var fact = Fact(null, (0, StateKind.New), (2, StateKind.Accepted), (3, StateKind.Processing), (9, StateKind.Resolved), (11, StateKind.Returned));
        Assert.Equal([1, 1, 0], new[] { 0, 1, 2 }.Select(d => At(fact, Measure.StockNew, d)));
        Assert.Equal([0, 1, 1, 1, 0], new[] { 1, 2, 3, 8, 9 }.Select(d => At(fact, Measure.StockInProgress, d)));
        Assert.Equal([0, 1, 1, 0], new[] { 8, 9, 10, 11 }.Select(d => At(fact, Measure.StockToHandOver, d)));
    }

    [Fact]
    public void Overdue_begins_the_day_after_the_due_date_and_pauses_with_the_applicant()
    {
        var fact = Fact(Monday.AddDays(4), (0, StateKind.Processing), (6, StateKind.Supplement), (8, StateKind.Processing), (10, StateKind.Payment), (12, StateKind.Accepted), (13, StateKind.Resolved));
        Assert.Equal([0, 1, 0, 0, 1, 1, 0, 1, 0], new[] { 4, 5, 6, 7, 8, 9, 10, 12, 13 }.Select(d => At(fact, Measure.StockOverdue, d)));
        Assert.Equal([0, 0, 0, 1, 1, 0], new[] { 4, 5, 6, 8, 9, 10 }.Select(d => At(fact, Measure.StockStatisticallyOverdue, d)));
    }

    [Fact]
    public void What_is_open_will_be_overdue_on_a_day_ahead_and_is_not_before()
    {
        var fact = Fact(Monday.AddDays(400), (0, StateKind.Processing));
        Assert.Equal([0, 0, 1, 1], new[] { 0, 400, 401, 9999 }.Select(d => At(fact, Measure.StockOverdue, d)));
    }

    [Fact]
    public void What_was_resolved_in_time_was_never_overdue() =>
        Assert.DoesNotContain(Contributions.Of(Fact(Monday.AddDays(5), (0, StateKind.Processing), (5, StateKind.Resolved))), c => c.Measure == Measure.StockOverdue);

    [Fact]
    public void Only_the_last_of_several_states_of_a_day_counts()
    {
        var fact = Fact(null, (0, StateKind.New), (1, StateKind.Accepted), (1, StateKind.Supplement), (4, StateKind.Processing));
        Assert.Equal((0, 1, 0), (At(fact, Measure.StockInProgress, 1), At(fact, Measure.StockSupplement, 1), At(fact, Measure.StockNew, 1)));
    }

    [Fact]
    public void A_fact_without_states_is_received_and_nothing_more() => Assert.Equal(
        [Measure.Received, Measure.ReceivedOnline, Measure.OnlineComplete], Contributions.Of(Fact(null)).Select(c => c.Measure));

    [Fact]
    public void What_is_added_and_taken_away_leaves_no_cell()
    {
        var sums = new CellSums();
        foreach (var fact in SampleFacts.Many(50, 9, "06688", "22"))
        {
            sums.Add(fact);
            sums.Add(fact, -1);
        }

        Assert.True(sums.Count > 0);
        Assert.Empty(sums.Days.Changed);
        Assert.Empty(sums.Months.Changed);
        Assert.Empty(sums.WaitDays.Changed);
        Assert.Empty(sums.WaitMonths.Changed);
    }

    [Fact]
    public void Each_grain_tells_the_same_whole()
    {
        var sums = new CellSums();
        foreach (var fact in SampleFacts.Many(200, 10, "06688", "22"))
            sums.Add(fact);
        Assert.All(CubeGrain.All, g => Assert.Equal(200, Received(sums.Months, g)));
        // Officers are told apart in months alone.
        Assert.All(CubeGrain.All, g => Assert.Equal(g == CubeGrain.OfOfficers ? 0 : 200, Received(sums.Days, g)));

        static long Received(Sums<CubeKey> cells, CubeGrain grain) =>
            cells.Changed.Where(c => c.Key.Grain == grain.Number).Sum(c => c.Value[(int)Measure.Received]);
    }

    [Fact]
    public void Months_of_officers_have_their_account_and_their_unit_and_nothing_else()
    {
        var (sums, facts) = (new CellSums(), SampleFacts.Many(200, 11, "06688", "22").ToList());
        facts.ForEach(f => sums.Add(f));
        var cells = sums.Months.Changed.Where(c => c.Key.Grain == CubeGrain.OfOfficers.Number).ToList();
        Assert.Equal(facts.Select(f => (f.UnitCode, f.OfficerId?.ToString() ?? "")).Distinct().Order(), cells.Select(c => (c.Key.Unit, c.Key.Officer)).Distinct().Order());
        Assert.All(cells, c => Assert.Equal("", c.Key.Procedure + c.Key.Field + c.Key.Source + c.Key.Hand + c.Key.HelperUnit + c.Key.Version));
        Assert.All(sums.Months.Changed.Where(c => c.Key.Grain != CubeGrain.OfOfficers.Number), c => Assert.Equal("", c.Key.Officer));
    }

    [Theory]
    [InlineData(0, true, 0, 0, 1)]
    [InlineData(1, false, 1, 0, 0)]
    [InlineData(2, true, 0, 1, 1)]
    [InlineData(3, false, 0, 1, 0)]
    public void A_result_tells_how_often_was_asked_and_whether_it_came_online(int requests, bool online, int once, int more, int resolvedOnline)
    {
        var fact = Keeping.Replays.With(
            Fact(null, (0, StateKind.Processing), (4, StateKind.Resolved)), (nameof(DossierFact.ResolvedDay), Monday.AddDays(4)),
            (nameof(DossierFact.SupplementDays), Enumerable.Repeat(Monday, requests).ToArray()),
            (nameof(DossierFact.Source), online ? IntakeSource.App : IntakeSource.Counter));
        Assert.Equal((once, more, resolvedOnline), (At(fact, Measure.AskedOnce, 4), At(fact, Measure.AskedMore, 4), At(fact, Measure.ResolvedOnline, 4)));
        Assert.Equal((0, 0, 0), (At(fact, Measure.AskedOnce, 3), At(fact, Measure.AskedMore, 3), At(fact, Measure.ResolvedOnline, 3)));
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(1, "Level Month")]
    [InlineData(1, "Version Unit")]
    [InlineData(2, "Source")]
    [InlineData(3, "Procedure Field")]
    [InlineData(4, "Unit HelperUnit")]
    [InlineData(5, "Unit Field Month")]
    [InlineData(6, "Unit Procedure")]
    [InlineData(6, "Level Field Source")]
    public void The_coarsest_grain_that_tells_all_is_asked(int grain, string needed) => Assert.Equal(
        grain, CubeGrain.For(needed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Dimension>).ToHashSet()).Number);

    [Theory]
    [InlineData("2026-01-01", "2026-03-31", "2026-01-01", "2026-04-01", "2026-01-01", 3)]
    [InlineData("2026-01-02", "2026-03-30", "2026-02-01", "2026-03-01", "2026-02-01", 3)]
    [InlineData("2026-02-10", "2026-02-10", "2026-03-01", "2026-02-01", "2026-02-01", 1)]
    [InlineData("2025-12-31", "2026-01-01", "2026-01-01", "2026-01-01", "2026-01-01", 2)]
    [InlineData("2026-02-20", "2026-02-10", "2026-03-01", "2026-02-01", "2026-02-01", 1)]
    [InlineData("2026-03-20", "2026-02-10", "2026-04-01", "2026-02-01", "2026-02-01", 0)]
    [InlineData("2024-02-15", "2024-02-29", "2024-03-01", "2024-03-01", "2024-03-01", 1)]
    public void A_period_is_whole_months_and_the_days_beside_them(string from, string to, string whole, string last, string before, int months)
    {
        var period = new CubePeriod(Day(from), Day(to));
        Assert.Equal((Day(whole), Day(last), Day(before), months), (period.Whole, period.LastMonth, period.Before, period.Months.Count()));

        static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", null);
    }
}
