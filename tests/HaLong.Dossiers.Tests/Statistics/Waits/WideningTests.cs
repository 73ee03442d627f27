using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Statistics.Waits.Expected;

namespace HaLong.Dossiers.Tests.Statistics.Waits;

/// <summary>From which dossiers something is said, and what is left of a wait.</summary>
public sealed class WideningTests
{
    private static readonly DateOnly Today = new(2026, 6, 30);
    private static readonly ExpectedWaitOptions Options = new();

    [Theory]
    [InlineData(30, 0, 0, 0, "unit", 30)]
    [InlineData(29, 1, 0, 0, "siblings", 30)]
    [InlineData(0, 30, 500, 0, "siblings", 30)]
    [InlineData(10, 10, 10, 0, "everywhere", 30)]
    [InlineData(10, 10, 9, 1, "lastYear", 30)]
    public void It_looks_further_only_when_there_is_too_little(int own, int beside, int elsewhere, int old, string basis, int count)
    {
        var history = StayHistory.Of([.. Many("A", own, 10), .. Many("B", beside, 89), .. Many("C", elsewhere, 0), .. Many("A", old, 90)]);
        var (sample, tried) = Widening.Choose(history, "A", Stays.Parents, Today, Options, i => history.Whole[i]);
        Assert.Equal((basis, count), (sample!.Basis.Basis, sample.Minutes.Length));
        Assert.Equal(sample.Basis, tried[^1]);
        Assert.Equal(own, tried[0].Count);
        Assert.Equal((Today.AddDays(-89), Today), (tried[0].From, tried[0].To));
    }

    [Fact]
    public void With_too_little_everywhere_nothing_is_said_and_each_look_is_told()
    {
        var history = StayHistory.Of(Many("A", 29, 5).Concat(Many("A", 50, 366)));
        var (sample, tried) = Widening.Choose(history, "A", Stays.Parents, Today, Options, i => history.Whole[i]);
        Assert.Null(sample);
        Assert.Equal([("unit", 29), ("siblings", 29), ("everywhere", 29), ("lastYear", 29)], tried.Select(t => (t.Basis, t.Count)));
        Assert.Equal(["everywhere", "lastYear"], Widening.Choose(history, null, Stays.Parents, Today, Options, i => history.Whole[i]).Tried.Select(t =>
            t.Basis));
        Assert.Equal(["unit", "everywhere", "lastYear"], Widening.Choose(history, "X", Stays.Parents, Today, Options, i => history.Whole[i]).Tried.Select(t =>
            t.Basis));
        Assert.Empty(StayHistory.Of([]).Days[StayHistory.Of([]).Between(Today, Today)]);
    }

    [Fact]
    public void Percentiles_are_values_that_occurred()
    {
        var sample = new WaitSample(new TriedBasis("unit", 10, Today, Today), null, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        Assert.Equal((1, 5, 9, 10), (sample.Percentile(0), sample.Percentile(0.5), sample.Percentile(0.9), sample.Percentile(1)));
        Assert.Equal((7, 7), (sample with { Minutes = [7] } is var one ? (one.Percentile(0.5), one.Percentile(0.9)) : default));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(0, 1)]
    [InlineData(480, 1)]
    [InlineData(481, 2)]
    [InlineData(960, 2)]
    public void Days_are_rounded_up(int minutes, int days) => Assert.Equal(days, WorkingDays.Of(minutes, Stays.PerDay));

    [Fact]
    public void What_is_left_is_of_those_only_that_took_longer()
    {
        Assert.Equal((null, null, 1), (ExpectedWaits.Left(99, 100), ExpectedWaits.Left(100, 100), ExpectedWaits.Left(101, 100)));
        // Half take one day, half eleven: who has waited two days belongs to the second half and has nine to go.
        var history = StayHistory.Of(Enumerable.Range(0, 100).Select(i => ("A", Today, i % 2 == 0 ? 480 : 5280, 0)));
        var (sample, _) = Widening.Choose(history, "A", Stays.Parents, Today, Options, i => ExpectedWaits.Left(history.Whole[i], 960));
        Assert.Equal((50, 9), (sample!.Minutes.Length, WorkingDays.Of(sample.Percentile(0.5), Stays.PerDay)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public void Of_those_who_have_waited_so_long_nine_of_ten_are_ready_when_it_was_said(int waitedDays)
    {
        var (random, waited) = (new Random(5), waitedDays * Stays.PerDay);
        int[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => Stays.Minutes(random, 4))];
        var history = StayHistory.Of(Draw(4000).Select(m => ("A", Today, m, 0)));
        var (sample, _) = Widening.Choose(history, "A", Stays.Parents, Today, Options, i => ExpectedWaits.Left(history.Whole[i], waited));
        var left = Draw(8000).Select(m => ExpectedWaits.Left(m, waited)).OfType<int>().ToList();
        Assert.InRange(left.Count(l => l <= sample!.Percentile(0.5)) * 100.0 / left.Count, 45, 55);
        Assert.InRange(left.Count(l => l <= sample!.Percentile(0.9)) * 100.0 / left.Count, 85, 95);
    }

    [Fact]
    public void The_check_is_taken_off_for_what_is_accepted()
    {
        var history = StayHistory.Of([("A", Today.AddDays(-1), 1000, 300), ("A", Today, 200, 250)]);
        Assert.Equal([700, 0], history.Accepted);
        Assert.Equal(1..2, history.Between(Today, Today));
    }

    [Theory]
    [InlineData("unit", 4, 9, false, "Half are ready within 4 working days, nine of ten within 9; by law 15 working days.",
        "Một nửa số hồ sơ có kết quả trong 4 ngày làm việc, chín phần mười trong 9 ngày; theo quy định 15 ngày làm việc.")]
    [InlineData("lastYear", 1, 2, false, "Half are ready within 1 working day, nine of ten within 2; by law 15 working days.", null)]
    [InlineData("unit", 2, 3, true, "Half of the dossiers like this one are ready within 2 working days from now, nine of ten within 3; by law 15 working days.", null)]
    [InlineData("none", null, null, false, "Not known yet: there were too few dossiers; by law 15 working days.",
        "Chưa đủ số liệu để dự kiến thời gian; theo quy định 15 ngày làm việc.")]
    [InlineData("none", null, null, true, "Not known yet: too few dossiers like this one took so long; by law 15 working days.", null)]
    [InlineData("unavailable", null, null, false, "How long it will take cannot be looked up at the moment; by law 15 working days.",
        "Hiện chưa tra cứu được thời gian dự kiến; theo quy định 15 ngày làm việc.")]
    public void It_is_told_in_both_languages(string basis, int? half, int? most, bool filed, string en, string? vi)
    {
        var words = ExpectedWaitWords.Of(basis, half, most, filed, false, Words.Limit(TimeLimit.WorkingDays(15)));
        Assert.Equal(en, words.En);
        if (vi is not null)
            Assert.Equal(vi, words.Vi);
        Assert.NotEqual(words.En, words.Vi);
        Assert.Contains("waits for the applicant", ExpectedWaitWords.Of(basis, half, most, filed, true, null).En, StringComparison.Ordinal);
    }

    private static IEnumerable<(string, DateOnly, int, int)> Many(string unit, int count, int daysAgo) =>
        Enumerable.Range(0, count).Select(i => (unit, Today.AddDays(-daysAgo), 480 + i, 60));
}
