using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Forms;

namespace HaLong.Dossiers.Tests.Forms;

/// <summary>The forms that the service carries, and what a form file may not be.</summary>
public sealed class FormFileTests
{
    private static readonly DateOnly Today = new(2026, 11, 30);

    internal static FormFile Carried(string name) => FormLoader.Files().Select(FormLoader.Parse).Single(f => f.Form == name);

    [Fact]
    public void Every_form_is_within_the_subset_and_for_procedures_of_the_catalogue()
    {
        var known = DataFiles.ReadNodes("procedures.json").Select(n => n!["code"]!.GetValue<string>()).ToHashSet();
        var forms = FormLoader.Files().Select(FormLoader.Parse).ToList();
        Assert.Equal(["birth-registration", "certified-copy", "construction-permit", "generic", "household-business", "land-change"], forms.Select(f => f.Form));
        Assert.All(forms.SelectMany(f => f.Procedures).Where(p => p != FormFile.AnyProcedure), p => Assert.Contains(p, known));
        Assert.All(forms, f => Assert.NotNull(f.Assumed));
    }

    [Theory]
    [InlineData("land-change", "1.013831", "Mẫu số 18")]
    [InlineData("construction-permit", "1.013225", "Mẫu số 01 Phụ lục II")]
    public void The_legal_form_is_the_one_that_the_catalogue_names(string form, string code, string number)
    {
        var file = Carried(form);
        Assert.Equal([code], file.Procedures);
        Assert.Contains(number, file.LegalForm!.Vi, StringComparison.Ordinal);
        Assert.False(file.LegalForm.Assumed);
        var component = DataFiles.ReadNodes("procedures.json").Select(n => CatalogueLoader.Parse(n!.ToJsonString())).Single(p => p.Code == code).Components[0];
        Assert.Contains(number, component.Form!, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_keyword_of_the_subset_has_a_sentence_of_its_own_in_both_languages()
    {
        string[] silent = ["$schema", "$defs", "$ref", "$comment", "properties", "items", "allOf", "if", "then", "else", "x-source", "additionalProperties"];
        var label = new BilingualText("Ô", "Field");
        var schema = JsonElement.Parse("""{"format":"vn-phone"}""");
        var sentences = SchemaSubset.Keywords.Except(silent).Select(k => k switch
        {
            "required" => FieldSentences.Missing("/a", label, schema),
            "x-not-future" => FieldSentences.NotFuture("/a", label),
            "type" => FieldSentences.Invalid("/a", label, k, "\"integer\"", schema, null),
            _ => FieldSentences.Invalid("/a", label, k, "7", schema, new BilingualText("theo mẫu", "as shown")),
        }).Append(FieldSentences.Invalid("/a", label, "", "", schema, null)).ToList();
        Assert.All(sentences, s => Assert.True(s.Vi.Contains("“Ô”", StringComparison.Ordinal) && s.En.Contains("“Field”", StringComparison.Ordinal) && s.Vi != s.En, s.Rule));
        Assert.Equal(sentences.Count, sentences.Select(s => s.Vi).Distinct().Count());
        Assert.All(FieldFormats.All.Values, f => Assert.False(string.IsNullOrWhiteSpace(f.Vi) || string.IsNullOrWhiteSpace(f.En)));
    }

    private const string Small = """
        {"form":"small","procedures":["1.013978"],"title":{"vi":"Nhỏ","en":"Small"},
         "schema":{"type":"object","additionalProperties":false,"properties":{
           "kind":{"type":"string","enum":["a","b"]},"name":{"type":"string","maxLength":10},"rows":{"type":"array","maxItems":3,"items":{"type":"object","additionalProperties":false,"properties":{"n":{"type":"integer"}}}}}},
         "sections":[{"id":"s","title":{"vi":"Phần","en":"Part"},"fields":[
           {"field":"/kind","widget":"select","label":{"vi":"Loại","en":"Kind"},"options":{"a":{"vi":"A","en":"A"},"b":{"vi":"B","en":"B"}}},
           {"field":"/name","widget":"text","label":{"vi":"Tên","en":"Name"},"when":{"field":"/kind","in":["a"]}},
           {"field":"/rows","widget":"list","label":{"vi":"Dòng","en":"Rows"},"item":[{"field":"/rows/*/n","widget":"number","label":{"vi":"Số","en":"Number"}}]}]}]}
        """;

    private static JsonNode Node() => JsonNode.Parse(Small)!;

    [Fact]
    public void A_small_form_is_accepted() => Assert.Equal("small", FormLoader.Parse(Small).Form);

    public static TheoryData<string, string, string?> Defects => new()
    {
        { "/schema/properties/name/dependentRequired", "[]", "unknown keyword dependentRequired" },
        { "/schema/properties/name/oneOf", "[]", "unknown keyword oneOf" },
        { "/schema/properties/name/type", "\"null\"", "type must be" },
        { "/schema/properties/name/maxLength", "null", "a string needs maxLength" },
        { "/schema/properties/name/format", "\"vn-colour\"", "unknown format" },
        { "/schema/properties/name/format", "\"vn-money\"", "unknown format" },
        { "/schema/properties/name/pattern", "\"[a-z]\"", "pattern must begin" },
        { "/schema/properties/name/pattern", "\"^(a)\\\\1$\"", "pattern must begin" },
        { "/schema/properties/name/pattern", "\"^a$\"", "a pattern and its words go together" },
        { "/schema/properties/name/x-source", "\"owner.soul\"", "unknown x-source" },
        { "/schema/properties/name/x-not-future", "true", "x-not-future is for dates" },
        { "/schema/properties/rows/maxItems", "null", "an array needs maxItems" },
        { "/schema/properties/rows/items", "null", "an array needs items" },
        { "/schema/properties/rows/items/additionalProperties", "true", "additionalProperties must be false" },
        { "/schema/properties/rows/items/properties/n/x-source", "\"owner.phone\"", "x-source cannot stand in a list" },
        { "/schema/properties/name/$ref", "\"#/$defs/none\"", "$ref must name one of $defs" },
        { "/schema/required", "[\"none\"]", "required names none" },
        { "/schema/properties/more", "{\"type\":\"boolean\"}", "/more: is in the schema and not in the layout" },
        { "/schema/properties/name", "null", "/name: is in the layout and no field" },
        { "/schema/allOf", "[{\"if\":{}}]", "must have if and then" },
        { "/schema/allOf", "[{\"if\":{\"required\":[\"none\"]},\"then\":{}}]", "none is no field of the form" },
        { "/schema/allOf", "[{\"if\":{\"required\":[\"kind\"]},\"then\":{\"not\":{}}}]", "unknown keyword not" },
        { "/schema/type", "\"array\"", "must be an object of type object" },
        { "/title/en", "\" \"", "title: a text is missing" },
        { "/sections/0/title/vi", "\"\"", "section s: a text is missing" },
        { "/sections/0/fields/1/label/en", "\"\"", "/name: a text is missing" },
        { "/sections/0/fields/1/help", "{\"vi\":\"x\",\"en\":\"\"}", "help of /name: a text is missing" },
        { "/sections/0/fields/1/widget", "\"money\"", "widget money is unknown or not for string" },
        { "/sections/0/fields/1/widget", "\"hologram\"", "widget hologram is unknown" },
        { "/sections/0/fields/1/field", "\"/kind\"", "/kind: stands twice" },
        { "/sections/0/fields/1/when/in", "[\"c\"]", "names a value that /kind cannot have" },
        { "/sections/0/fields/1/when/in", "[]", "names a value that /kind cannot have" },
        { "/sections/0/fields/1/when/field", "\"/rows/*/n\"", "which is no single field" },
        { "/sections/0/fields/0/options/b", "null", "the value b has no text" },
        { "/sections/0/fields/0/options/c", "{\"vi\":\"C\",\"en\":\"C\"}", "the text c belongs to no value" },
        { "/sections/0/fields/0/colour", "1", "cannot be read" },
        { "/sections/0/fields/2/item/0/field", "\"/name\"", "is no value of a row" },
        { "/form", "\"Small Form\"", "The name of the form" },
        { "/procedures", "[]", "names no procedure" },
    };

    [Theory]
    [MemberData(nameof(Defects))]
    public void A_form_with_a_defect_is_refused_and_told_which(string place, string json, string? expected)
    {
        var node = Node();
        var segments = place[1..].Split('/');
        JsonNode parent = node;
        foreach (var segment in segments[..^1])
            parent = parent is JsonArray array ? array[int.Parse(segment, System.Globalization.CultureInfo.InvariantCulture)]! : parent[segment]!;
        if (json == "null")
            parent.AsObject().Remove(segments[^1]);
        else
            parent[segments[^1]] = JsonNode.Parse(json);
        var refused = Assert.Throws<InvalidOperationException>(() => FormLoader.Parse(node.ToJsonString()));
        Assert.Contains(expected!, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"form":"x"}""")]
    public void What_is_no_form_file_is_refused(string text) => Assert.Throws<InvalidOperationException>(() => FormLoader.Parse(text));

    [Fact]
    public void All_defects_are_told_at_once()
    {
        var node = Node();
        node["title"]!["en"] = "";
        node["sections"]![0]!["fields"]![1]!["widget"] = "hologram";
        node["sections"]![0]!["fields"]![0]!["options"]!.AsObject().Remove("b");
        var message = Assert.Throws<InvalidOperationException>(() => FormLoader.Parse(node.ToJsonString())).Message;
        Assert.Equal(4, message.Split('\n').Length);
    }

    [Fact]
    public void Hidden_fields_are_neither_asked_for_nor_held_against_anybody()
    {
        var form = new CompiledForm(FormLoader.Parse(Small.Replace("\"properties\":{\n", "\"required\":[\"kind\",\"name\"],\"properties\":{\n", StringComparison.Ordinal)));
        Assert.Equal(["/kind"], form.Check(JsonElement.Parse("{}"), Today).Select(d => d.Pointer));
        Assert.Equal(["/name"], form.Check(JsonElement.Parse("""{"kind":"a"}"""), Today).Select(d => d.Pointer));
        Assert.Empty(form.Check(JsonElement.Parse("""{"kind":"b"}"""), Today));
        Assert.Empty(form.Check(JsonElement.Parse("""{"kind":"b","name":"far too long for it"}"""), Today));
        Assert.Single(form.Check(JsonElement.Parse("""{"kind":"a","name":"far too long for it"}"""), Today));
    }

    [Fact]
    public void A_field_may_be_called_like_a_keyword()
    {
        var form = new CompiledForm(FormLoader.Parse(Small.Replace("name", "if", StringComparison.Ordinal)));
        Assert.Equal("/if", Assert.Single(form.Check(JsonElement.Parse("""{"kind":"a","if":"far too long for it"}"""), Today)).Pointer);
    }

    [Fact]
    public void Blank_texts_and_nulls_are_the_same_as_nothing()
    {
        var form = new CompiledForm(FormLoader.Parse(Small.Replace("\"properties\":{\n", "\"required\":[\"kind\",\"name\"],\"properties\":{\n", StringComparison.Ordinal)));
        var defects = form.Check(JsonElement.Parse("""{"kind":"a","name":"  ","rows":[{"n":null},{"n":1}]}"""), Today);
        Assert.Equal([("/name", DefectKind.Missing)], defects.Select(d => (d.Pointer, d.Kind)));
    }

    [Fact]
    public void Rows_are_named_by_their_number_and_strangers_are_told_to_leave()
    {
        var form = new CompiledForm(FormLoader.Parse(Small));
        var defects = form.Check(JsonElement.Parse("""{"kind":"b","rows":[{"n":1},{"n":"x"},{"n":2},{"n":3}],"zzz":1}"""), Today);
        Assert.Equal(["/rows", "/rows/1/n", "/zzz"], defects.Select(d => d.Pointer));
        Assert.Contains("(dòng 2)", defects[1].Vi, StringComparison.Ordinal);
        Assert.Contains("(row 2)", defects[1].En, StringComparison.Ordinal);
        Assert.Equal("additionalProperties", defects[2].Rule);
    }
}
