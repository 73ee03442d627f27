using System.Text.Json;
using HaLong.Dossiers.Statistics.Index;

namespace HaLong.Dossiers.Tests.Statistics;

/// <summary>Every example of index766-examples.json, with every figure it gives.</summary>
public sealed class IndexExampleTests
{
    private static readonly IndexVersion Index = IndexBook.Load().On(new DateOnly(2026, 11, 23))!;
    private static readonly Dictionary<string, JsonElement> Examples = Read();

    public static TheoryData<string> Ids => [.. Examples.Keys];

    [Theory, MemberData(nameof(Ids))]
    public void Each_example_comes_out_as_written(string id)
    {
        var example = Examples[id];
        var counts = example.GetProperty("inputs").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetDecimal());
        var expected = example.GetProperty("expected");

        var score = IndexScore.Of(Index, counts);

        foreach (var component in expected.GetProperty("components").EnumerateArray())
        {
            var got = score.Components.Single(c => c.Code == component.GetProperty("code").GetString());
            Assert.Equal(
                (component.GetProperty("applicable").GetBoolean(), component.GetProperty("numerator").GetDecimal(), component.GetProperty("denominator").GetDecimal(),
                    Given(component.GetProperty("ratioPercent")), component.GetProperty("score").GetDecimal()),
                (got.Applicable, got.Numerator, got.Denominator, got.RatioPercent, got.Score));
        }

        if (!expected.TryGetProperty("groups", out var groups))
            return;
        Assert.Empty(score.Unknown);
        Assert.Equal(
            groups.EnumerateArray().Select(g => (g.GetProperty("group").GetString(), g.GetProperty("score").GetDecimal(), g.GetProperty("max").GetDecimal(), g.GetProperty("applicableMax").GetDecimal())),
            score.Groups.Select(g => ((string?)g.Group, g.Score, g.Max, g.ApplicableMax)));
        Assert.Equal(
            (expected.GetProperty("total").GetDecimal(), expected.GetProperty("applicableMax").GetDecimal(), Given(expected.GetProperty("totalOfApplicablePercent")), expected.GetProperty("rating").GetString()),
            (score.Total, score.ApplicableMax, score.TotalOfApplicablePercent, score.Rating));
    }

    [Fact]
    public void All_twelve_examples_are_there_and_full_ones_among_them()
    {
        Assert.Equal(12, Examples.Count);
        Assert.Contains(Examples.Values, e => e.GetProperty("expected").TryGetProperty("total", out _));
    }

    private static decimal? Given(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetDecimal();

    private static Dictionary<string, JsonElement> Read()
    {
        using var stream = typeof(IndexExampleTests).Assembly.GetManifestResourceStream("Data.index766-examples.json")!;
        return JsonDocument.Parse(stream).RootElement.Clone().EnumerateArray().ToDictionary(e => e.GetProperty("id").GetString()!);
    }
}
