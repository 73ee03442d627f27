using System.Text.Json.Nodes;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Catalogue.Compare;

namespace HaLong.Dossiers.Tests.Catalogue.Compare;

public sealed class ContentDiffTests
{
    [Fact]
    public void A_version_does_not_differ_from_itself_however_it_is_written()
    {
        foreach (var item in DataFiles.ReadNodes("procedures.json"))
            Assert.Empty(ContentDiff.Compare(item!.ToJsonString(), CanonicalJson.Of(item.ToJsonString())));
    }

    [Fact]
    public void A_changed_field_is_told_with_before_and_after_in_words_of_both_languages()
    {
        var change = Assert.Single(Compare(i => i["timeLimit"]!["value"] = 2));
        Assert.Equal(("timeLimit.value", "changed"), (change.Path, change.Kind));
        Assert.Equal(("Thời hạn giải quyết › Số", "Time limit › Value"), (change.LabelVi, change.LabelEn));
        Assert.Equal((1, 2), (change.Before!.Value.GetInt32(), change.After!.Value.GetInt32()));
    }

    [Fact]
    public void What_is_new_or_gone_is_told_as_such()
    {
        Assert.Equal(("keywords", "added"), Only(Compare(i => i["keywords"] = new JsonArray("giấy khai sinh"))));
        Assert.Equal(("decision", "removed"), Only(Compare(i => i.AsObject().Remove("decision"))));
        Assert.Equal(("decision", "removed"), Only(Compare(i => i["decision"] = null)));
        Assert.Equal(("subjects[foreigner]", "added"), Only(Compare(i => i["subjects"]!.AsArray().Add("foreigner"))));
    }

    [Fact]
    public void A_component_is_known_again_by_its_name_when_another_comes_before_it()
    {
        var changes = Compare(i => i["components"]!.AsArray().Insert(0, JsonNode.Parse("""{"nameVi":"Tờ khai mới","nameEn":"New form","required":true,"originals":1,"copies":0}""")));
        Assert.Equal(("components[Tờ khai mới]", "added"), Only(changes));
        Assert.Equal("Thành phần hồ sơ › Tờ khai mới", changes[0].LabelVi);
    }

    [Fact]
    public void A_change_inside_a_component_names_the_component()
    {
        var change = Assert.Single(Compare(i => i["components"]![1]!["copies"] = 9));
        Assert.StartsWith("components[", change.Path, StringComparison.Ordinal);
        Assert.EndsWith("].copies", change.Path, StringComparison.Ordinal);
        Assert.Equal(9, change.After!.Value.GetInt32());
    }

    [Fact]
    public void Components_that_change_places_are_moved_because_they_are_numbered()
    {
        var changes = Compare(i =>
        {
            var list = i["components"]!.AsArray();
            var first = list[0]!;
            list.RemoveAt(0);
            list.Insert(1, first);
        });
        Assert.Equal(["moved", "moved"], changes.Select(c => c.Kind));
        Assert.Equal([(1, 2), (2, 1)], changes.Select(c => (c.Before!.Value.GetInt32(), c.After!.Value.GetInt32())));
    }

    [Fact]
    public void The_same_fee_of_two_channels_is_two_lines()
    {
        var item = DataFiles.ReadNodes("procedures.json").Single(n => n!["code"]!.GetValue<string>() == "1.004222")!;
        var changed = item.DeepClone();
        changed["fees"]!.AsArray().Single(f => f!["channel"]!.GetValue<string>() == "direct")!["amountVnd"] = 25_000;
        var change = Assert.Single(ContentDiff.Compare(item.ToJsonString(), changed.ToJsonString()));
        Assert.Equal((20_000, 25_000), (change.Before!.Value.GetInt32(), change.After!.Value.GetInt32()));
        Assert.Contains("direct", change.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_type_is_a_change_and_elements_with_one_name_are_told_apart()
    {
        Assert.Equal(("timeLimit", "changed"), Only(Compare(i => i["timeLimit"] = "soon")));
        const string twice = """{"results":[{"nameVi":"x"},{"nameVi":"x","code":"k"},{"nameVi":"x"}]}""";
        Assert.Empty(ContentDiff.Compare(twice, twice));
        Assert.Equal("results[x (2)]", Assert.Single(ContentDiff.Compare(twice, """{"results":[{"nameVi":"x"},{"nameVi":"x","code":"k"}]}""")).Path);
    }

    private static List<Change> Compare(Action<JsonNode> change)
    {
        var item = DataFiles.ReadNodes("procedures.json").Single(n => n!["code"]!.GetValue<string>() == "1.001193")!;
        var changed = item.DeepClone();
        change(changed);
        return ContentDiff.Compare(item.ToJsonString(), changed.ToJsonString());
    }

    private static (string Path, string Kind) Only(List<Change> changes) => (Assert.Single(changes).Path, changes[0].Kind);
}
