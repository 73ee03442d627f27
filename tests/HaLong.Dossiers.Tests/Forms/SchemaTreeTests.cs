using System.Text.Json;
using HaLong.Dossiers.Forms;

namespace HaLong.Dossiers.Tests.Forms;

public sealed class SchemaTreeTests
{
    private static readonly JsonElement Schema = JsonElement.Parse("""
        {"type":"object","$defs":{"person":{"type":"object","additionalProperties":false,"required":["name","home"],"properties":{
            "name":{"type":"string","maxLength":5},"home":{"type":"object","additionalProperties":false,"required":["town"],"properties":{"town":{"type":"string","maxLength":5}}}}}},
         "properties":{"owner":{"$ref":"#/$defs/person"},"tags":{"type":"array","maxItems":3,"items":{"type":"string","maxLength":5}},
            "people":{"type":"array","maxItems":3,"items":{"$ref":"#/$defs/person"}}}}
        """);

    private static readonly SchemaTree Tree = new(Schema);

    [Fact]
    public void The_schema_is_within_the_subset() => Assert.Empty(SchemaSubset.Check(Schema));

    [Fact]
    public void References_and_rows_are_followed_to_every_value() => Assert.Equal(
        ["/owner/name", "/owner/home/town", "/tags", "/people", "/people/*/name", "/people/*/home/town"], Tree.Leaves().Select(l => l.Pointer));

    [Theory]
    [InlineData("", "object")]
    [InlineData("/owner", "object")]
    [InlineData("/owner/home/town", "string")]
    [InlineData("/people/2/home", "object")]
    [InlineData("/people/*/name", "string")]
    [InlineData("/tags/0", "string")]
    [InlineData("/owner/age", null)]
    [InlineData("/owner/name/first", null)]
    public void A_place_of_the_data_finds_its_schema(string place, string? type) =>
        Assert.Equal(type, Tree.Find(place)?.GetProperty("type").GetString());

    [Theory]
    [InlineData("/owner", "/owner/name /owner/home/town")]
    [InlineData("/owner/home", "/owner/home/town")]
    [InlineData("/owner/name", "/owner/name")]
    [InlineData("/people", "/people")]
    [InlineData("/people/1", "/people/1/name /people/1/home/town")]
    [InlineData("/unknown", "/unknown")]
    public void What_is_missing_altogether_is_asked_for_value_by_value(string missing, string asked) => Assert.Equal(asked.Split(' '), Tree.Required(missing));

    [Theory]
    [InlineData("""{"type":"object","$defs":{"a":{"$ref":"#/$defs/a"}},"properties":{"x":{"$ref":"#/$defs/a"}}}""")]
    [InlineData("""{"type":"object","$defs":{"a":{"type":"object","additionalProperties":false,"properties":{"b":{"$ref":"#/$defs/a"}}}},"properties":{}}""")]
    [InlineData("""{"type":"object","properties":{"x":{"$ref":"https://example.org/schema"}}}""")]
    [InlineData("""{"type":"object","properties":{"x":{"$ref":"#/properties/x"}}}""")]
    public void A_schema_cannot_contain_itself_or_reach_outside(string schema) =>
        Assert.Contains(SchemaSubset.Check(JsonElement.Parse(schema)), d => d.Contains("$ref must name one of $defs", StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"a":"","b":{"c":" ","d":null,"e":1},"r":["",{"x":""},null],"t":false}""", """{"b":{"e":1},"r":["",{},null],"t":false}""")]
    [InlineData("""{"a":{"b":""}}""", """{"a":{}}""")]
    [InlineData("""{"a":"x"}""", """{"a":"x"}""")]
    [InlineData("{}", "{}")]
    public void Blanks_are_taken_out_and_rows_stay_where_they_are(string typed, string kept) => Assert.Equal(kept, Blanks.Strip(JsonElement.Parse(typed)).GetRawText());
}
