using System.Text.Json;
using HaLong.Dossiers.Forms;
using Json.Schema;

namespace HaLong.Dossiers.Tests.Forms;

/// <summary>What holds for every form that the service carries, whatever it asks.</summary>
public sealed class CarriedFormsTests
{
    private static readonly DateOnly Today = new(2026, 11, 30);

    public static TheoryData<string> Names => [.. FormLoader.Files().Select(FormLoader.Parse).Select(f => f.Form)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_schema_is_one_of_the_standard(string name)
    {
        var schema = FormFileTests.Carried(name).Schema;
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.GetProperty("$schema").GetString());
        Assert.True(MetaSchemas.Draft202012.Evaluate(schema).IsValid);
    }

    /// <summary>A validator that knows nothing of layouts must not ask for what the screen does not show.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_is_chosen_a_required_field_is_a_visible_one(string name)
    {
        var file = FormFileTests.Carried(name);
        var (form, visibility, validator) = (new CompiledForm(file), new Visibility(file), new FormValidator(file.Schema));
        foreach (var choice in Choices(file))
        {
            var data = Choose(name, choice.Field, choice.Value);
            var hidden = visibility.Hidden(data);
            var asked = validator.Check(data).Where(d => d.Keyword == "required")
                .SelectMany(d => JsonSerializer.Deserialize<string[]>(d.Parameter)!.SelectMany(n => new SchemaTree(file.Schema).Required(Pointers.Add(d.Pointer, n)))).ToList();
            Assert.All(asked, p => Assert.False(Visibility.Covers(hidden, p), $"{choice.Field} = {choice.Value} asks for {p}, which is hidden"));
            Assert.All(form.Check(data, Today), d => Assert.Equal(DefectKind.Missing, d.Kind));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_condition_can_be_met_and_not_met(string name)
    {
        var file = FormFileTests.Carried(name);
        var visibility = new Visibility(file);
        var seen = Choices(file).Select(c => visibility.Hidden(Choose(name, c.Field, c.Value)).ToHashSet()).ToList();
        Assert.All(file.Fields().Where(f => f.When is not null), f =>
        {
            Assert.Contains(seen, hidden => hidden.Contains(f.Field));
            Assert.Contains(seen, hidden => !hidden.Contains(f.Field));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Texts_are_written_for_people(string name)
    {
        var file = FormFileTests.Carried(name);
        var texts = file.Fields().SelectMany(f => (f.Options?.Values ?? []).Append(f.Label).Concat(f.Help is null ? [] : [f.Help]).Concat(f.PatternText is null ? [] : [f.PatternText]))
            .Concat(file.Sections.Select(s => s.Title)).ToList();
        Assert.All(texts, t =>
        {
            Assert.Equal((t.Vi, t.En), (t.Vi.Trim(), t.En.Trim()));
            Assert.Equal((t.Vi.Normalize(), t.En.Normalize()), (t.Vi, t.En));
            Assert.DoesNotContain("{0}", t.Vi + t.En, StringComparison.Ordinal);
        });
        // A label stands once in its section: two fields of one name could not be told apart in a message.
        Assert.All(file.Sections, s => Assert.Equal(s.Fields.Count, s.Fields.Select(f => f.Label.Vi).Distinct().Count()));
        Assert.All(file.Sections, s => Assert.Equal(s.Fields.Count, s.Fields.Select(f => f.Label.En).Distinct().Count()));
    }

    /// <summary>Every value of every enum and yes-or-no outside lists.</summary>
    private static List<(string Field, JsonElement Value)> Choices(FormFile file)
    {
        var yesNo = JsonElement.Parse("[true,false]").EnumerateArray().ToList();
        return
        [
            .. new SchemaTree(file.Schema).Leaves().Where(l => !l.Pointer.Contains("/*", StringComparison.Ordinal) && !l.Node.TryGetProperty("const", out _))
                .SelectMany(l => (l.Node.TryGetProperty("enum", out var values) ? [.. values.EnumerateArray()] : l.Node.GetProperty("type").GetString() == "boolean" ? yesNo : [])
                    .Select(v => (l.Pointer, v))),
        ];
    }

    private static JsonElement Choose(string form, string field, JsonElement value)
    {
        var root = System.Text.Json.Nodes.JsonNode.Parse(FilledForms.Of(form))!.AsObject();
        Assert.True(Pointers.Set(root, field, System.Text.Json.Nodes.JsonNode.Parse(value.GetRawText())));
        return JsonSerializer.SerializeToElement(root);
    }
}
