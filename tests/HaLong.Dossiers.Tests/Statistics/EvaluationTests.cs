using HaLong.Dossiers.Statistics.Evaluation;
using HaLong.Dossiers.Statistics.Facts;

namespace HaLong.Dossiers.Tests.Statistics;

/// <summary>Circular 01/2018/TT-VPCP, articles 13 to 15.</summary>
public sealed class EvaluationTests
{
    [Theory]
    [InlineData(4, 5, 2)]
    [InlineData(5, 5, 1)]
    [InlineData(6, 5, 0)]
    public void Time_is_counted_against_the_limit(int taken, int limit, int points) =>
        Assert.Equal(points, Indicators.Time(TimeSpan.FromDays(taken), TimeSpan.FromDays(limit)));

    [Theory]
    [InlineData(0, false, 2)]
    [InlineData(1, false, 1)]
    [InlineData(2, false, 0)]
    [InlineData(3, true, 2)]
    public void Contacts_count_unless_the_applicant_is_at_fault(int contacts, bool atFault, int points) => Assert.Equal(points, Indicators.Contacts(contacts, atFault));

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    public void The_fewer_agencies_the_better(int agencies, int points) => Assert.Equal(points, Indicators.Agencies(agencies));

    [Theory]
    [InlineData(100, 100, 20, 2)]
    [InlineData(100, 100, 19, 1)]
    [InlineData(100, 99, 50, 0)]
    [InlineData(0, 0, 0, 0)]
    public void The_one_stop_unit_does_it_all_or_part_of_it(int procedures, int there, int completed, int points) =>
        Assert.Equal(points, Indicators.OneStop(procedures, there, completed));

    [Theory]
    [InlineData(true, true, 2)]
    [InlineData(true, false, 1)]
    [InlineData(false, true, 1)]
    [InlineData(false, false, 0)]
    public void Publicity_is_on_the_wall_and_on_the_net(bool posted, bool electronic, int points) => Assert.Equal(points, Indicators.Publicity(posted, electronic));

    [Theory]
    [InlineData(true, true, false, 2)]
    [InlineData(false, true, false, 1)]
    [InlineData(false, false, false, 0)]
    [InlineData(true, true, true, 0)]
    public void A_complaint_that_is_upheld_takes_all_points_for_attitude(bool early, bool onTime, bool upheld, int points) =>
        Assert.Equal(points, Indicators.Attitude(early, onTime, upheld));

    [Theory]
    [InlineData(0, 0, false, 2)]
    [InlineData(10, 10, false, 2)]
    [InlineData(10, 9, false, 1)]
    [InlineData(10, 8, false, 0)]
    [InlineData(10, 10, true, 0)]
    public void Feedback_is_answered_in_time(int feedback, int inTime, bool lingering, int points) => Assert.Equal(points, Indicators.Feedback(feedback, inTime, lingering));

    [Theory]
    [InlineData(100, 20, 100, 30, 0, 2)]
    [InlineData(100, 19, 100, 30, 0, 1)]
    [InlineData(100, 20, 100, 29, 0, 1)]
    [InlineData(100, 20, 100, 15, 0, 1)]
    [InlineData(100, 20, 100, 14, 0, 0)]
    [InlineData(100, 20, 100, 90, 1, 0)]
    [InlineData(100, 20, 0, 0, 0, 0)]
    public void Online_services_are_offered_used_and_in_time(int procedures, int online, int dossiers, int onlineDossiers, int late, int points) =>
        Assert.Equal(points, Indicators.Online(procedures, online, dossiers, onlineDossiers, late));

    [Fact]
    public void Means_have_one_decimal_and_halves_go_up()
    {
        // 2, 2, 1: 1.67 → 1.7; 2, 0, 1 → 1; of twenty dossiers one point each but one: 0.95 → 1.0.
        var sums = Sums(new ResolvedCounts(3, 2, 0, 0, 0, 3));
        sums.TakeOff(Punctuality.Early, 1, lateOpinion: true);
        Assert.Equal(new MeanPoints(1.7m, 1m, 2m, 2m, 1.7m), sums.Means);
        Assert.Equal(1.0m, Sums(new ResolvedCounts(20, 0, 1, 0, 0, 0)).Means!.Time);
        Assert.Null(new PointSums().Means);
    }

    [Theory]
    [InlineData(Punctuality.Early, 2)]
    [InlineData(Punctuality.OnTime, 1)]
    [InlineData(Punctuality.Late, 0)]
    [InlineData(null, 1)]
    public void What_is_taken_off_is_what_the_dossier_had(string? legal, int points)
    {
        var counts = new ResolvedCounts(1, legal == Punctuality.Early ? 1 : 0, legal == Punctuality.Late ? 1 : 0, 1, 0, 0);
        Assert.Equal(new MeanPoints(points, points, 1, 1, points), Sums(counts).Means);
        foreach (var (late, upheld) in new[] { (true, false), (false, true), (true, true) })
        {
            var sums = Sums(counts);
            sums.TakeOff(legal, 1, late, upheld);
            var one = PointSums.Of(legal, 1, late, wentThere: true, upheld);
            Assert.Equal(new MeanPoints(one.Time, one.AgencyTime, one.Contacts, one.Agencies, one.Attitude), sums.Means);
            Assert.Equal((late ? 0 : points, upheld ? 0 : points), (one.AgencyTime, one.Attitude));
        }
    }

    [Fact]
    public void Sums_of_several_months_are_those_of_all_their_dossiers()
    {
        var sums = Sums(new ResolvedCounts(4, 4, 0, 0, 0, 4), new ResolvedCounts(2, 0, 2, 1, 1, 0), default);
        // Four early, two late; nothing asked of four, of one once, of one more often; four from home.
        Assert.Equal((6L, new MeanPoints(1.3m, 1.3m, 1.5m, 1.7m, 1.3m)), (sums.Dossiers, sums.Means));
    }

    private static PointSums Sums(params ReadOnlySpan<ResolvedCounts> months)
    {
        var sums = new PointSums();
        foreach (var month in months)
            sums.Add(month);
        return sums;
    }

    [Theory]
    [InlineData(1.0, "full")]
    [InlineData(0.9, "most")]
    [InlineData(0.7, "most")]
    [InlineData(0.6, "part")]
    public void An_officer_did_all_most_or_part_of_the_duty(double each, string duty)
    {
        var points = (decimal)each;
        Assert.Equal(new OfficerEvaluation(points * 5, duty), OfficerEvaluation.Of(new MeanPoints(points, points, points, points, points)));
    }

    [Theory]
    [InlineData(2.0, 2, 18, "excellent")]
    [InlineData(1.4, 2, 15, "excellent")]
    [InlineData(1.0, 2, 13, "good")]
    [InlineData(1.0, 1, 9, "fair")]
    [InlineData(0.4, 1, 6, "average")]
    [InlineData(0.3, 1, 5.5, "weak")]
    public void An_agency_is_classed_by_all_nine(double each, int others, double total, string word)
    {
        var points = (decimal)each;
        Assert.Equal(
            new AgencyEvaluation((decimal)total, word), AgencyEvaluation.Of(new MeanPoints(points, points, points, points, points), others, others, others, others));
    }
}
