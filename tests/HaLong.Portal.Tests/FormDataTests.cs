using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Portal.Filing;

namespace HaLong.Portal.Tests;

/// <summary>From what was typed to a merge patch, and back to what inputs show.</summary>
public sealed class FormDataTests
{
    private const string Schema = """
        {"type":"object","$defs":{"name":{"type":"string","maxLength":40}},"properties":{
          "owner":{"type":"object","properties":{"name":{"$ref":"#/$defs/name"},"age":{"type":"integer"},"area":{"type":"number"},"sworn":{"type":"boolean"}}},
          "rows":{"type":"array","items":{"type":"object","properties":{"name":{"$ref":"#/$defs/name"},"main":{"type":"boolean"}}}}}}
        """;

    private static readonly FormDefinition Form = new(new Both("F", "F"), JsonDocument.Parse(Schema).RootElement, []);

    [Theory]
    [InlineData("/owner/name", "string", 40)]
    [InlineData("/owner/age", "integer", null)]
    [InlineData("/rows/*/name", "string", 40)]
    [InlineData("/rows/3/main", "boolean", null)]
    [InlineData("/nowhere/at/all", "string", null)]
    public void The_schema_says_what_a_field_takes(string field, string type, int? longest) =>
        Assert.Equal((type, longest), (Form.TypeOf(field), Form.LongestOf(field)));

    [Theory]
    [InlineData("/owner/name", " Hạnh ", """{"owner":{"name":"Hạnh"}}""")]
    [InlineData("/owner/name", "", """{"owner":{"name":null}}""")]
    [InlineData("/owner/age", "1.250.000", """{"owner":{"age":1250000}}""")]
    [InlineData("/owner/age", "12a", """{"owner":{"age":"12a"}}""")]
    [InlineData("/owner/area", "120,5", """{"owner":{"area":120.5}}""")]
    [InlineData("/owner/sworn", "true", """{"owner":{"sworn":true}}""")]
    public void What_was_typed_becomes_what_the_schema_says_or_stays_as_it_is(string field, string typed, string change) =>
        Assert.Equal(change, Change([Field(field, "text")], (field, typed)));

    [Fact]
    public void A_box_that_is_not_ticked_is_taken_away_and_a_question_that_was_not_asked_is_left_alone()
    {
        Assert.Equal("""{"owner":{"sworn":null}}""", Change([Field("/owner/sworn", "checkbox")]));
        Assert.Equal("{}", Change([Field("/owner/name", "text")]));
    }

    [Fact]
    public void Lists_are_sent_whole_without_empty_items()
    {
        var list = new FormField("/rows", "list", new Both("", ""), null, null, [Field("/rows/*/name", "text"), Field("/rows/*/main", "radio")], null);
        Assert.Equal("""{"rows":[{"name":"a","main":true},{"name":"c"}]}""", Change(
            [list], ("/rows/0/name", "a"), ("/rows/0/main", "true"), ("/rows/1/name", ""), ("/rows/2/name", "c")));
        Assert.Equal("""{"rows":null}""", Change([list], ("/rows/0/name", " ")));
    }

    [Theory]
    [InlineData("/a/b", "x")]
    [InlineData("/a/yes", "true")]
    [InlineData("/list/1/n", "5")]
    [InlineData("/list/9/n", "")]
    [InlineData("/a/b/c", "")]
    public void Inputs_show_what_is_there(string field, string shown) =>
        Assert.Equal(shown, FormData.Shown(JsonNode.Parse("""{"a":{"b":"x","yes":true},"list":[{"n":1},{"n":5}]}"""), field));

    [Fact]
    public void A_condition_holds_by_value()
    {
        var when = new Condition("/kind", [JsonDocument.Parse("\"a\"").RootElement, JsonDocument.Parse("true").RootElement]);
        Assert.True(when.Holds(JsonNode.Parse("""{"kind":"a"}""")!));
        Assert.True(when.Holds(JsonNode.Parse("""{"kind":true}""")!));
        Assert.False(when.Holds(JsonNode.Parse("""{"kind":"b"}""")!));
        Assert.False(when.Holds(new JsonObject()));
    }

    private static FormField Field(string field, string widget) => new(field, widget, new Both("", ""), null, null, null, null);

    private static string Change(IReadOnlyList<FormField> fields, params (string Pointer, string Text)[] sent) => FormData.Change(
        Form, new FormSection("s", new Both("", ""), fields, null), sent.ToDictionary(s => s.Pointer, s => s.Text))
        .ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
