using HaLong.Dossiers.Statistics;
using HaLong.Dossiers.Statistics.Waits.BackTest;
using HaLong.Dossiers.Statistics.Waits.Expected;

namespace HaLong.Dossiers.Tests.Statistics.Waits;

/// <summary>What is told holds as often as it says, on history that is made by chance.</summary>
public sealed class BackTesterTests
{
    private static readonly DateOnly First = new(2025, 1, 1), Last = new(2026, 6, 30);
    private static readonly DaySpan Span = new(new(2025, 7, 1), new(2026, 3, 31));
    private static readonly DateOnly Monday = new(2025, 7, 7), LastMonday = new(2026, 3, 30);
    private static readonly ExpectedWaitOptions Options = new();

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 1)]
    [InlineData(3, 12)]
    public void In_steady_times_half_and_nine_of_ten_are_what_they_say(int seed, double middleDays)
    {
        var result = Run(Stays.Filed(seed, First, Last, 12, _ => middleDays));
        Assert.InRange(result.HalfPercent!.Value, 45, 55);
        Assert.InRange(result.MostPercent!.Value, 85, 95);
        Assert.Equal((0, 0), (result.Unsaid, result.Open));
        Assert.Equal(result.Count, result.Weeks.Sum(w => w.Count));
        Assert.InRange(result.Count, 2300, 2400);
    }

    [Fact]
    public void After_a_jump_of_the_work_it_is_wrong_says_so_and_recovers_within_its_window()
    {
        var jump = new DateOnly(2025, 10, 1);
        var result = Run(Stays.Filed(7, First, Last, 40, day => day < jump ? 3 : 7));

        decimal Share(IEnumerable<WeekAccuracy> weeks, Func<WeekAccuracy, int> within) => weeks.Sum(within) * 100m / weeks.Sum(w => w.Count);
        var before = result.Weeks.Where(w => w.From.AddDays(6) < jump).ToList();
        var shock = result.Weeks.Where(w => w.From >= jump && w.From < jump.AddDays(28)).ToList();
        // The window must have filled with results of dossiers from after the jump.
        var after = result.Weeks.Where(w => w.From >= jump.AddDays(Options.Days + 21)).ToList();
        Assert.InRange(Share(before, w => w.WithinHalf), 45, 55);
        Assert.InRange(Share(shock, w => w.WithinHalf), 0, 30);
        Assert.InRange(Share(after, w => w.WithinHalf), 45, 55);
        Assert.InRange(Share(after, w => w.WithinMost), 85, 95);
        Assert.True(result.MeanErrorDays > 0.5m, $"{result.MeanErrorDays}");
    }

    [Fact]
    public void Only_what_was_known_then_is_used()
    {
        // All results come after the period: at the time nothing could have been said.
        var late = Stays.Filed(4, Span.From, Span.To, 5, _ => 2).Select(o => o with { Ended = Span.To.AddDays(30) });
        var result = Run(late);
        Assert.Equal((0, null, null, null), (result.Count, result.HalfPercent, result.MostPercent, result.MeanErrorDays));
        Assert.True(result.Unsaid > 900);
    }

    [Fact]
    public void A_unit_is_compared_by_what_was_told_there_and_the_others_lend_only_where_it_has_too_little()
    {
        var outcomes = Stays.Filed(8, First, Last, 20, _ => 2, "A").Concat(Stays.Filed(9, First, Last, 20, _ => 9, "B")).ToList();
        foreach (var unit in new[] { "A", "B" })
        {
            var own = Run(outcomes, unit);
            Assert.InRange(own.HalfPercent!.Value, 45, 55);
            Assert.InRange(own.MeanAbsoluteErrorDays!.Value, unit == "A" ? 0.3m : 3m, unit == "A" ? 2m : 9m);
        }

        Assert.Equal(Run(outcomes).Count, Run(outcomes, "A").Count + Run(outcomes, "B").Count);
        var few = outcomes.Concat(Stays.Filed(10, Span.From, Span.To, 1, _ => 2, "C").Where((_, i) => i % 5 == 0)).ToList();
        Assert.Equal(0, Run(few, "C").Unsaid);
        Assert.True(Run(few, "C").HalfPercent > 60, "it is faster than the others of whom it is told");
    }

    [Fact]
    public void What_is_open_longer_than_was_said_counts_as_missed_and_other_open_ones_not_at_all()
    {
        var outcomes = Stays.Filed(11, First, Monday.AddDays(-1), 10, _ => 3).ToList();
        outcomes.Add(new Outcome("P", "A", Monday, null, 100 * Stays.PerDay));
        outcomes.Add(new Outcome("P", "A", Monday.AddDays(6), null, 60));
        outcomes.Add(new Outcome("P", "A", Monday, Monday, 60));
        // Filed before the first week that begins in the period.
        outcomes.Add(new Outcome("P", "A", Monday.AddDays(-1), null, 100 * Stays.PerDay));
        var result = Run(outcomes);
        Assert.Equal((2, 50m, 50m, 1), (result.Count, result.HalfPercent, result.MostPercent, result.Open));
        Assert.True(result.MeanErrorDays < 0);
    }

    [Fact]
    public void Without_dossiers_there_is_nothing_to_say()
    {
        var result = Run([]);
        Assert.Equal((0, null, 0, 0), (result.Count, result.HalfPercent, result.Unsaid, result.Open));
        Assert.Equal(39, result.Weeks.Count);
        Assert.All(result.Weeks, w => Assert.Equal(0, w.Count));
    }

    [Theory]
    [InlineData("2026-03-02", "2026-03-02")]
    [InlineData("2026-03-05", "2026-03-02")]
    [InlineData("2026-03-08", "2026-03-02")]
    [InlineData("2026-03-09", "2026-03-09")]
    public void Weeks_begin_on_monday(string day, string monday) => Assert.Equal(DateOnly.Parse(monday, null), Weeks.Of(DateOnly.Parse(day, null)));

    private static Accuracy Run(IEnumerable<Outcome> outcomes, params string[] units)
    {
        var sums = BackTester.Run(outcomes, Monday, LastMonday, Stays.Parents, Options).Where(c => units.Length == 0 || units.Contains(c.Unit))
            .GroupBy(c => c.Week).ToDictionary(g => g.Key, g => g.Aggregate(new AccuracySums(), (sum, c) => sum + c.Sums));
        var weeks = Enumerable.Range(0, (LastMonday.DayNumber - Monday.DayNumber) / 7 + 1).Select(w => Monday.AddDays(w * 7));
        return Accuracy.Of(Span, null, [.. weeks.Select(w => (w, sums.GetValueOrDefault(w)))], Stays.PerDay);
    }
}
