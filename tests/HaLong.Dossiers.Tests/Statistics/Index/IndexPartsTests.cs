using HaLong.Dossiers.Statistics.Index;
using HaLong.Dossiers.Statistics.Index.Closing;
using HaLong.Dossiers.Statistics.Index.Counting;
using HaLong.Dossiers.Statistics.Index.Opening;
using HaLong.Dossiers.Statistics.Index.Views;
using HaLong.Dossiers.Statistics.Units;
using static HaLong.Dossiers.Tests.Statistics.Index.IndexSamples;

namespace HaLong.Dossiers.Tests.Statistics.Index;

/// <summary>What follows from parts without a database.</summary>
public sealed class IndexPartsTests
{
    private static readonly IndexVersion Version = IndexBook.Load().On(Last)!;
    private static readonly ProcedureFigures None = new([], false),
        Known = new([Procedure("a"), Procedure("b", online: true, fees: true, paid: true, full: true)], true);

    private static IndexPeriod Period(string name = Month) => IndexPeriod.Parse(name, new DateOnly(2026, 12, 1)).Value;

    private static ProcedureFigure Procedure(string code, bool online = false, bool fees = false, bool paid = false, bool full = false) =>
        new(code, code, code, "commune", true, online, fees, paid, full, null, null);

    [Fact]
    public void Every_count_of_the_formulas_is_collected_or_named_here_as_absent()
    {
        var parts = new IndexParts();
        parts.Add(IndexParts.InLedger, 1);
        parts.Add(IndexParts.YearBefore, 12);
        parts.Add("portalCount", 1);
        var counts = IndexCounts.Of(parts, null, Known, Period());
        Assert.Equal(["certifiedCopies", "certifiedElectronicCopies"], Version.Inputs.Except(counts.Keys).Order(StringComparer.Ordinal));
        Assert.Empty(counts.Keys.Except(Version.Inputs));
    }

    [Fact]
    public void Every_indicator_opens_to_something_but_the_one_that_nobody_counts() =>
        Assert.Equal(["4.2b"], Version.Components.Select(c => c.Code).Except(IndexSets.Components.Keys).Except(FeedbackSets.Components.Keys)
            .Except(ProcedureSets.Components.Keys));

    [Fact]
    public void What_is_not_there_is_unknown_and_not_zero()
    {
        var score = IndexScore.Of(Version, IndexCounts.Of(new IndexParts(), new HashSet<string>(), None, Period()));
        Assert.Equal(["1.1", "1.2", "1.3", "1.4", "3.1", "3.2", "3.4", "3.5", "4.2b", "4.4", "4.5a"], score.Unknown.Order(StringComparer.Ordinal));
        Assert.All(score.Components, c => Assert.False(c.Applicable));
        // With a level our own catalogue is known, the national one is not.
        var ours = IndexScore.Of(Version, IndexCounts.Of(new IndexParts(), new HashSet<string> { "commune" }, None, Period()));
        Assert.Equal(["1.1", "1.2", "1.3", "1.4", "3.4", "4.2b", "4.4"], ours.Unknown.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("2026-03", 1000, 83.33)]
    [InlineData("2026-Q1", 1000, 250.0)]
    [InlineData("2025", 1000, null)]
    [InlineData("2026-03", 0, null)]
    public void The_year_before_stands_for_the_report_of_the_nation(string period, int before, double? expected)
    {
        var parts = new IndexParts();
        parts.Add(IndexParts.YearBefore, before);
        var counts = IndexCounts.Of(parts, null, None, Period(period));
        Assert.Equal<decimal?>((decimal?)expected, counts.TryGetValue("nationalReport", out var report) ? report : null);
    }

    [Theory]
    [InlineData(90, 100, 12, 0.9)]
    [InlineData(90, 100, 2400, 0.45)]
    [InlineData(100, 100, 12, 1.0)]
    [InlineData(2, 3, 12, 0.6667)]
    public void The_ratio_of_synchronisation_is_of_the_larger_of_both(int synchronised, int portal, int before, double ratio)
    {
        var parts = new IndexParts();
        foreach (var (name, value) in new[] { ("synchronised", synchronised), ("portalCount", portal), (IndexParts.InLedger, portal),
            (IndexParts.YearBefore, before) })
            parts.Add(name, value);
        Assert.Equal((decimal)ratio, IndexCounts.Of(parts, null, None, Period())["synchronisationRatio"]);
    }

    [Fact]
    public void Procedures_count_once_however_many_units_had_them()
    {
        var (a, b) = (new IndexParts(), new IndexParts());
        a.WithOnlineDossier.Add("b");
        b.WithOnlineDossier.UnionWith(["b", "a"]);
        b.WithPayment.Add("b");
        a.Add("received", 2);
        b.Add("received", 3);
        var counts = IndexCounts.Of(IndexParts.Sum([a, b]), null, Known, Period());
        Assert.Equal((5m, 1m, 1m), (counts["received"], counts["onlineServicesWithDossiers"], counts["feeProceduresWithPayment"]));
        Assert.Equal((2m, 1m, 1m, 1m), (counts["procedures"], counts["onlineServices"], counts["fullContent"], counts["feeProceduresEnabled"]));
        Assert.True(new IndexParts().IsEmpty);
        Assert.True(IndexParts.Sum([a]).IsEmpty, "received alone says nothing: facts that were seen do");
    }

    [Fact]
    public void Units_are_below_in_whatever_version_and_circles_end()
    {
        var tree = new UnitTree([Unit("p"), Unit("d", "p", "district"), Unit("c", "d"), new StatisticsUnit { Id = "c@2026-07-01", Code = "c", NameVi = "c",
            NameEn = "c", Level = "ward", ParentCode = "p" }, Unit("x", "y"), Unit("y", "x")]);
        Assert.Equal(["c", "d", "p"], tree.Below("p").Order(StringComparer.Ordinal));
        Assert.Equal(["c", "d"], tree.Below("d").Order(StringComparer.Ordinal));
        Assert.Equal(["x", "y"], tree.Below("x").Order(StringComparer.Ordinal));
        Assert.Equal(["unknown"], tree.Below("unknown"));
        Assert.Equal(["c", "d", "p", "x", "y"], tree.Codes.Order(StringComparer.Ordinal));
        var parts = new IndexParts();
        parts.Levels.Add("province");
        Assert.Equal(["commune", "district", "province", "ward"], tree.LevelsOf(["c", "d"], parts).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_closed_month_is_read_as_it_was_written()
    {
        var counts = new Dictionary<string, decimal>
        {
            ["paidOnline"] = 24,
            ["feeDossiers"] = 120,
            ["zeroFeeDossiers"] = 20,
            ["reused"] = 220,
            ["received"] = 400
        };
        var score = IndexScore.Of(Version, counts);
        var row = IndexMonth.Of(Month, "u", 3, score, counts, Noon(Last), null, "vì sao");
        Assert.Equal(counts, row.ReadCounts());
        var read = row.ReadScore();
        Assert.Equal(score.Components, read.Components);
        Assert.Equal((score.Total, score.Rating, score.Version, 3, "vì sao"), (read.Total, read.Rating, row.Definition, row.Revision, row.Reason));
        Assert.Equal(score.Unknown, read.Unknown);
    }

    [Fact]
    public void A_recount_tells_what_differs_what_was_not_known_and_nothing_else()
    {
        var closed = IndexScore.Of(Version, new Dictionary<string,
            decimal>
        { ["reused"] = 40, ["received"] = 100, ["answered"] = 1, ["dissatisfied"] = 0, ["repeated"] = 0, ["lateAnswers"] = 0 });
        var now = IndexScore.Of(Version, new Dictionary<string, decimal> { ["reused"] = 80, ["received"] = 100, ["feedback"] = 2, ["feedbackOnTime"] = 1 });
        var recount = RecountView.Of(closed, now);
        Assert.Equal(new (string, decimal?, decimal?)[] { ("4.3", 1, 2), ("5.2", null, 3), ("5.3", 6, null) },
            recount.Differences.Select(d => (d.Code, d.Closed?.Score, d.Now?.Score)));
        Assert.Equal((5m, -2m), (recount.Total, recount.Change));
        Assert.Empty(RecountView.Of(closed, closed).Differences);
    }

    [Fact]
    public void There_are_words_for_every_indicator_that_opens()
    {
        foreach (var code in IndexSets.Components.Keys.Concat(FeedbackSets.Components.Keys).Concat(ProcedureSets.Components.Keys)
            .Where(c => c is not ("2.1" or "5.4")))
        {
            Assert.NotEqual("", Reasons.Of(code, good: true));
            Assert.NotEqual(Reasons.Of(code, good: true), Reasons.Of(code, good: false));
        }
    }

    [Theory]
    [InlineData("denominator", "(a)")]
    [InlineData("numerator", "(a) AND (b) IS TRUE")]
    [InlineData("missing", "(a) AND (b) IS NOT TRUE")]
    public void A_part_is_a_condition(string part, string sql) => Assert.Equal(sql, PartSql.Of(("a", "b"), Enum.Parse<Part>(part, ignoreCase: true)));
}
