using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Catalogue.Administration;
using HaLong.Dossiers.Domain;
using static HaLong.Dossiers.Tests.Catalogue.Administration.Keepers;

namespace HaLong.Dossiers.Tests.Catalogue.Administration;

/// <summary>A file of the catalogue and what is typed about a draft, without a server.</summary>
public sealed class ImportFileTests
{
    [Fact]
    public void Items_without_defects_are_read_beside_those_with()
    {
        var read = Read(Item(newCode: "9.000001"), Item(newCode: "9.000002", change: i => i["nameVi"] = ""), Item(newCode: "9.000003"));
        Assert.Equal(["9.000001", "9.000003"], read.Items.Select(i => i.Code));
        Assert.Equal("items[1].nameVi", Assert.Single(read.Defects).Path);
    }

    [Fact]
    public void An_item_that_is_there_twice_is_told_with_the_place_of_the_first()
    {
        var read = Read(Item(newCode: "9.000001"), Item(newCode: "9.000002"), Item(newCode: "9.000001"));
        var defect = Assert.Single(read.Defects);
        Assert.Equal(("items[2].code", "is the same as in items[0]"), (defect.Path, defect.En));
    }

    [Fact]
    public void An_item_that_is_too_large_or_cannot_be_stored_is_a_defect_by_itself()
    {
        var read = Read(
            Item(newCode: "9.000001", change: i => i["sourceNote"] = new string('x', 300_000)),
            Item(newCode: "9.000002", change: i => i["sourceNote"] = "a\0b"));
        Assert.Equal(["items[0]", "items[1]"], read.Defects.Select(d => d.Path));
    }

    [Fact]
    public void An_item_is_new_or_changed_or_says_what_is_in_force_or_planned()
    {
        var (now, planned, other) = (Json(Item()), Json(Item(change: i => i["decision"] = "planned")), Json(Item(change: i => i["decision"] = "other")));
        Assert.Equal("new", Compare(now, null, null).Kind);
        Assert.Equal("unchanged", Compare(now, planned, now).Kind);
        Assert.Equal("unchanged", Compare(planned, planned, now).Kind);
        var changed = Compare(other, planned, now);
        Assert.Equal(("changed", "planned"), (changed.Kind, Assert.Single(changed.Changes).Before!.Value.GetString()));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("  ", false)]
    [InlineData("a\0b", false)]
    [InlineData(" Vì sao ", true)]
    public void A_reason_is_said_in_words(string? typed, bool good)
    {
        var reason = DraftInput.Reason(typed);
        Assert.Equal(good, reason.IsSuccess);
        Assert.Equal(good ? "Vì sao" : "DOS-0219", good ? reason.Value : reason.Error.Code);
    }

    [Fact]
    public void The_terms_of_a_draft_are_a_period_and_a_note()
    {
        var day = new DateOnly(2026, 11, 23);
        Assert.Equal(new DraftTerms(null, day, day, "x"), DraftInput.Terms(null, day, day, " x ").Value);
        Assert.Equal("DOS-0210", DraftInput.Terms(null, day, day.AddDays(-1), null).Error.Code);
        Assert.Equal("DOS-0215", DraftInput.Terms(null, day, null, new string('x', 2_001)).Error.Code);
        Assert.Equal("DOS-0215", DraftInput.Terms(null, day, null, "\uD800").Error.Code);
    }

    private static ImportItem Compare(string item, string? latest, string? inForce) => ImportFile.Compare("1.001193", JsonElement.Parse(item), latest, inForce);

    private static string Json(JsonNode node) => node.ToJsonString();

    private static ImportFile Read(params JsonNode[] items) => ImportFile.Read(JsonElement.Parse(new JsonObject { ["items"] = new JsonArray(items) }.ToJsonString()));
}
