using HaLong.Dossiers.Statistics.Index;

namespace HaLong.Dossiers.Tests.Statistics;

public sealed class IndexTests
{
    private static readonly IndexVersion Index = IndexBook.Load().On(new DateOnly(2026, 11, 23))!;

    [Theory]
    [InlineData("a", 3)]
    [InlineData("a + b", 5)]
    [InlineData("a - b - 1", 0)]
    [InlineData("a - (b - 1)", 2)]
    [InlineData("a + b * 2", 7)]
    [InlineData("(a + b) * 2", 10)]
    [InlineData("max(a, b * 4)", 8)]
    [InlineData("max( a , b ) * 0.5", 1.5)]
    public void A_formula_counts_as_it_is_written(string text, double value)
    {
        var formula = Formula.Parse(text);

        Assert.Equal((decimal)value, formula.Of(new Dictionary<string, decimal> { ["a"] = 3, ["b"] = 2 }));
        Assert.Equal(text, formula.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a +")]
    [InlineData("(a")]
    [InlineData("a b")]
    [InlineData("max(a)")]
    [InlineData("a / b")]
    [InlineData("a × b")]
    public void What_is_no_formula_is_refused(string text) => Assert.Throws<FormatException>(() => Formula.Parse(text));

    [Fact]
    public void A_formula_whose_count_is_not_known_has_no_value()
    {
        Assert.Null(Formula.Parse("a + b").Of(new Dictionary<string, decimal> { ["a"] = 3 }));
        Assert.Equal(["a", "b"], Formula.Parse("a + b + a").Inputs);
    }

    [Fact]
    public void A_day_has_the_version_in_force_and_days_before_the_first_have_none()
    {
        var first = Index with { Version = "1", ValidFrom = new DateOnly(2022, 6, 23), ValidTo = new DateOnly(2025, 12, 31) };
        var second = Index with { Version = "2", ValidFrom = new DateOnly(2026, 3, 1) };
        var book = new IndexBook([second, first]);

        Assert.Null(book.On(new DateOnly(2022, 6, 22)));
        Assert.Equal("1", book.On(new DateOnly(2022, 6, 23))!.Version);
        Assert.Equal("1", book.On(new DateOnly(2025, 12, 31))!.Version);
        Assert.Null(book.On(new DateOnly(2026, 1, 1)));
        Assert.Equal("2", book.On(new DateOnly(2026, 3, 1))!.Version);
        Assert.Equal("1", book.Named("1")!.Version);
        Assert.Equal(2, book.All.Count);
    }

    [Theory]
    [InlineData(90, 10, 0.5, "add up")]
    [InlineData(100, 99, 0.5, "add up")]
    [InlineData(100, 100, 1.5, "threshold")]
    [InlineData(100, 100, 0.0, "threshold")]
    public void A_definition_that_contradicts_itself_stops_the_start(int group, int component, double threshold, string reason)
    {
        var item = new IndexBook.VersionItem(
            "x", new DateOnly(2026, 1, 1), null, "none", 100, [], [new IndexGroup("G", "g", "g", group)],
            [new IndexBook.ComponentItem("1", "G", "n", "n", component, (decimal)threshold, "a", "b", null, null)], [new IndexRating(0, "weak", "Yếu")]);

        Assert.Contains(reason, Assert.Throws<InvalidOperationException>(() => IndexBook.Read(item)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_definitions_of_the_decision_add_up()
    {
        Assert.Equal((100m, 6, 21), (Index.Components.Sum(c => c.MaxPoints), Index.Groups.Count, Index.Components.Count));
        Assert.Contains("lateAnswers", Index.Inputs);
        Assert.Equal(Index.Inputs.Count(), Index.Inputs.Distinct().Count());
    }

    [Fact]
    public void What_would_raise_the_score_most_comes_first()
    {
        var score = IndexScore.Of(Index, new Dictionary<string, decimal>
        {
            ["resolvedOnTime"] = 300,
            ["inProgressWithinLimit"] = 44,
            ["receivedAndProcessed"] = 400,
            ["reused"] = 220,
            ["received"] = 400,
            ["feeDossiers"] = 120,
            ["zeroFeeDossiers"] = 20,
            ["paidOnline"] = 24,
            ["onlineReceived"] = 372,
            ["synchronisationRatio"] = 1,
        });

        var chances = IndexOutlook.Of(Index, score);

        // 2.1: 17.2 of 20, 56 dossiers more in time; 3.6: 4.8 of 6, six payments more; 4.3: 1.38 of 2, a hundred more reused. 3.3 has all its points.
        Assert.Equal(["2.1", "3.6", "4.3"], chances.Select(c => c.Code));
        Assert.Equal([new Chance("2.1", 2.8m, 56, 0.05m), new Chance("3.6", 1.2m, 6, 0.2m), new Chance("4.3", 0.62m, 100, 0.0063m)], chances);
    }

    [Fact]
    public void Doing_what_is_missing_brings_all_the_points()
    {
        var random = new Random(766);
        for (var i = 0; i < 500; i++)
        {
            var denominator = random.Next(1, 5000);
            var counts = new Dictionary<string, decimal> { ["reused"] = random.Next(0, denominator + 1), ["received"] = denominator };
            var score = IndexScore.Of(Index, counts);
            var chance = IndexOutlook.Of(Index, score).SingleOrDefault(c => c.Code == "4.3");
            if (chance is null)
            {
                Assert.Equal(2m, score.Components.Single().Score);
                continue;
            }

            counts["reused"] += chance.UnitsMissing;
            Assert.Equal(2m, IndexScore.Of(Index, counts).Components.Single(c => c.Code == "4.3").Score);
            counts["reused"] -= 1;
            Assert.True(counts["reused"] < denominator * 0.8m);
        }
    }

    [Fact]
    public void Without_any_count_there_is_no_score_but_no_failure()
    {
        var score = IndexScore.Of(Index, new Dictionary<string, decimal>());

        Assert.Equal((0m, 0m, null, "weak", 21), (score.Total, score.ApplicableMax, score.TotalOfApplicablePercent, score.Rating, score.Unknown.Count));
    }
}
