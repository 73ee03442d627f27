using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using HaLong.Dossiers.Drafts;

namespace HaLong.Dossiers.Tests.Drafts;

/// <summary>Two who change one draft: pure, because it is only JSON.</summary>
public sealed class ThreeWayTests
{
    private const string Common = """{"subject":"S","data":{"name":"A","phone":"1","person":{"x":1,"y":2},"rows":[1,2]}}""";

    [Theory]
    [InlineData("""{"data":{"name":"B"}}""", """{"data":{"phone":"2"}}""")]
    [InlineData("""{"data":{"person":{"x":9}}}""", """{"data":{"person":{"y":9}}}""")]
    [InlineData("""{"subject":"T"}""", """{"data":{"name":null}}""")]
    [InlineData("""{"data":{"fresh":{"a":1}}}""", """{"data":{"fresh":{"b":2}}}""")]
    [InlineData("""{"data":{"name":"B"}}""", """{"data":{"name":"B"}}""")]
    [InlineData("""{"data":{"rows":[3]}}""", """{"data":{"person":null}}""")]
    public void Different_fields_merge_whoever_comes_first(string mine, string theirs)
    {
        var (one, other) = (Merge(mine, theirs), Merge(theirs, mine));
        Assert.True(JsonNode.DeepEquals(one, other), $"{one?.ToJsonString()} {other?.ToJsonString()}");
    }

    [Theory]
    [InlineData("""{"data":{"name":"B"}}""", """{"data":{"name":"C"}}""", "/data/name", "\"A\"", "\"B\"", "\"C\"")]
    [InlineData("""{"data":{"name":null}}""", """{"data":{"name":"C"}}""", "/data/name", "\"A\"", null, "\"C\"")]
    [InlineData("""{"data":{"name":"B"}}""", """{"data":{"name":null}}""", "/data/name", "\"A\"", "\"B\"", null)]
    [InlineData("""{"data":{"rows":[1,2,3]}}""", """{"data":{"rows":[0,1,2]}}""", "/data/rows", "[1,2]", "[1,2,3]", "[0,1,2]")]
    [InlineData("""{"data":{"person":null}}""", """{"data":{"person":{"x":5}}}""", "/data/person", """{"x":1,"y":2}""", null, """{"y":2,"x":5}""")]
    [InlineData("""{"data":{"person":{"x":5}}}""", """{"data":{"person":null}}""", "/data/person/x", "1", "5", null)]
    [InlineData("""{"data":{"person":"An"}}""", """{"data":{"person":{"x":5}}}""", "/data/person", """{"x":1,"y":2}""", "\"An\"", """{"y":2,"x":5}""")]
    [InlineData("""{"data":{"fresh":{"a":1}}}""", """{"data":{"fresh":{"a":2}}}""", "/data/fresh/a", null, "1", "2")]
    [InlineData("""{"subject":"M"}""", """{"subject":"T"}""", "/subject", "\"S\"", "\"M\"", "\"T\"")]
    public void The_same_field_changed_to_something_else_is_shown_with_what_both_knew_mine_and_theirs(
        string mine, string theirs, string at, string? common, string? my, string? their)
    {
        var conflict = Assert.Single(Compare(mine, theirs).Conflicts);
        Assert.Equal((at, common, my, their), (conflict.Pointer, conflict.Base?.GetRawText(), conflict.Mine?.GetRawText(), conflict.Theirs?.GetRawText()));
    }

    [Fact]
    public void What_is_in_nobodys_way_is_told_beside_the_conflict()
    {
        var comparison = Compare("""{"subject":"M","data":{"name":"B","phone":"2"}}""", """{"data":{"name":"C"}}""");
        Assert.Equal(["/data/name"], comparison.Conflicts.Select(c => c.Pointer));
        Assert.Equal(["/data/phone", "/subject"], comparison.Mine.Select(c => c.Pointer).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_patch_that_repeats_old_values_does_not_undo_what_others_did()
    {
        // The screen sends the whole form with one field changed.
        var merged = Merge("""{"subject":"S","data":{"name":"B","phone":"1","person":{"x":1,"y":2},"rows":[1,2]}}""", """{"data":{"phone":"2"}}""");
        Assert.Equal(("B", "2"), (merged!["data"]!["name"]!.GetValue<string>(), merged["data"]!["phone"]!.GetValue<string>()));
    }

    [Fact]
    public void When_the_common_state_is_not_known_nothing_that_differs_is_overwritten()
    {
        var comparison = ThreeWay.Of(null, JsonElement.Parse("""{"data":{"name":"B","phone":"1","fresh":1}}"""), Node(Common));
        Assert.Empty(comparison.Mine);
        Assert.Equal(["/data/fresh", "/data/name"], comparison.Conflicts.Select(c => c.Pointer).Order(StringComparer.Ordinal));
        Assert.All(comparison.Conflicts, c => Assert.Null(c.Base));
    }

    [Fact]
    public void Names_with_slashes_and_tildes_are_told_apart()
    {
        var comparison = Compare("""{"data":{"a/b":1,"c~d":{"e":2}}}""", """{"data":{"a":{"b":3}}}""");
        Assert.Empty(comparison.Conflicts);
        Assert.Equal(["/data/a~1b", "/data/c~0d/e"], comparison.Mine.Select(c => c.Pointer).Order(StringComparer.Ordinal));
        var merged = Merge("""{"data":{"a/b":1,"c~d":{"e":2}}}""", """{"data":{"a":{"b":3}}}""")!["data"]!;
        Assert.Equal((1, 2, 3), (merged["a/b"]!.GetValue<int>(), merged["c~d"]!["e"]!.GetValue<int>(), merged["a"]!["b"]!.GetValue<int>()));
    }

    private static readonly Gen<string> Values = Gen.OneOf(Array.ConvertAll<string, IGen<string>>(["1", "2", "\"x\"", "null", "{}", "[1]", "{\"p\":1}", "{\"q\":2}", "{\"p\":{\"r\":1}}", "{\"p\":null}"], v => Gen.Const(v)));

    private static readonly Gen<string> Patches = Gen.Dictionary(Gen.OneOf(Array.ConvertAll<string, IGen<string>>(["a", "b", "c", "d"], v => Gen.Const(v))), Values)[0, 4]
        .Select(d => "{\"data\":{" + string.Join(',', d.Select(p => $"\"{p.Key}\":{p.Value}")) + "}}");

    [Fact]
    public void Any_difference_written_as_a_patch_gives_the_other_document() => Gen.Select(Patches, Patches).Sample((one, two) =>
    {
        var before = Document(one);
        var after = ThreeWay.Apply(before, JsonElement.Parse(two));
        return JsonNode.DeepEquals(after, ThreeWay.Apply(before, FieldChange.Between(before, after)));
    });

    [Fact]
    public void Whatever_two_do_nothing_is_lost_without_being_shown() => Gen.Select(Patches, Patches, Patches).Sample((start, mine, theirs) =>
    {
        var common = Document(start);
        var current = ThreeWay.Apply(common, JsonElement.Parse(theirs));
        var comparison = ThreeWay.Of(common, JsonElement.Parse(mine), current);
        var merged = ThreeWay.Apply(current, comparison.Mine);
        var wanted = ThreeWay.Apply(common, JsonElement.Parse(mine));
        // Everything they changed is still there, and everything I changed is there or shown as a conflict.
        var lostTheirs = FieldChange.Between(common, current).Where(c => FieldChange.Between(merged, current).Any(d => d.Pointer == c.Pointer));
        var lostMine = FieldChange.Between(common, wanted).Where(c =>
            comparison.Conflicts.All(x => x.Pointer != c.Pointer) && FieldChange.Between(merged, wanted).Any(d => d.Pointer == c.Pointer));
        return !lostTheirs.Any() && !lostMine.Any();
    });

    private static JsonObject Document(string patch) => ThreeWay.Apply(Node("""{"subject":"S","data":{}}"""), JsonElement.Parse(patch));

    private static JsonObject Node(string json) => JsonNode.Parse(json)!.AsObject();

    private static ThreeWay Compare(string mine, string theirs) =>
        ThreeWay.Of(Node(Common), JsonElement.Parse(mine), ThreeWay.Apply(Node(Common), JsonElement.Parse(theirs)));

    private static JsonObject? Merge(string mine, string theirs)
    {
        var comparison = Compare(mine, theirs);
        Assert.Empty(comparison.Conflicts);
        return ThreeWay.Apply(ThreeWay.Apply(Node(Common), JsonElement.Parse(theirs)), comparison.Mine);
    }
}
