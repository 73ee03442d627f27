using HaLong.Dossiers.Statistics.Index.Counting;
using HaLong.Dossiers.Statistics.Index.Opening;

namespace HaLong.Dossiers.Tests.Statistics.Index;

/// <summary>How many are behind a figure, without counting them.</summary>
public sealed class BehindTotalsTests
{
    public static TheoryData<string> Components => [.. IndexSets.Components.Keys];

    [Theory, MemberData(nameof(Components))]
    public void What_opens_to_dossiers_has_totals_of_counts_that_there_are(string component)
    {
        var parts = new IndexParts();
        foreach (var name in IndexSets.Counts.Keys)
            parts.Add(name, 1);
        Assert.InRange(BehindTotals.Of(component, Part.Numerator, parts), 1, 2);
        Assert.InRange(BehindTotals.Of(component, Part.Denominator, parts), 0, 1);
    }

    [Theory]
    [InlineData("2.1", 70, 100, 30)]
    [InlineData("3.3", 40, 120, 80)]
    [InlineData("3.6", 10, 25, 15)]
    [InlineData("5.4", 120, 120, 0)]
    public void Missing_is_what_the_numerator_lacks(string component, long numerator, long denominator, long missing)
    {
        var parts = new IndexParts();
        foreach (var (name, count) in new[]
        {
            ("receivedAndProcessed", 100), ("resolvedOnTime", 50), ("inProgressWithinLimit", 20), ("received", 120), ("onlineReceived", 40),
            ("feeDossiers", 30), ("zeroFeeDossiers", 5), ("paidOnline", 10),
        })
            parts.Add(name, count);
        Assert.Equal((numerator, denominator, missing), (BehindTotals.Of(component, Part.Numerator, parts),
            BehindTotals.Of(component, Part.Denominator, parts), BehindTotals.Of(component, Part.Missing, parts)));
    }
}
