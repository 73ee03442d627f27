using System.Text.Json;
using System.Text.Json.Nodes;

namespace HaLong.Portal.Filing;

/// <summary>A text in both languages.</summary>
public sealed record Both(string Vi, string En)
{
    public override string ToString() => ServiceDefaults.Text.Bilingual(Vi, En);
}

/// <summary>An electronic form as the API gives it.</summary>
public sealed record FormAnswer(FormDefinition Definition);

/// <param name="Form">Its name, as a paper that is this form names it.</param>
public sealed record FormDefinition(Both Title, JsonElement Schema, IReadOnlyList<FormSection> Sections, string? Form = null)
{
    /// <summary>The type that the schema gives a field: string, integer, number, boolean; string where it says nothing.</summary>
    public string TypeOf(string pointer) => Of(pointer) is { } field && field.TryGetProperty("type", out var type) ? type.GetString()! : "string";

    /// <summary>How long a text may be; null without a limit.</summary>
    public int? LongestOf(string pointer) => Of(pointer) is { } field && field.TryGetProperty("maxLength", out var most) ? most.GetInt32() : null;

    private JsonElement? Of(string pointer)
    {
        var at = Schema;
        foreach (var part in pointer.Split('/')[1..])
        {
            at = Resolve(at);
            var isItem = part == "*" || part.All(char.IsAsciiDigit);
            if (!(isItem ? at.TryGetProperty("items", out at) : at.TryGetProperty("properties", out at) && at.TryGetProperty(part, out at)))
                return null;
        }

        return Resolve(at);
    }

    private JsonElement Resolve(JsonElement at) =>
        at.TryGetProperty("$ref", out var to) ? Schema.GetProperty("$defs").GetProperty(to.GetString()!["#/$defs/".Length..]) : at;
}

/// <summary>A part of the form: a page.</summary>
public sealed record FormSection(string Id, Both Title, IReadOnlyList<FormField> Fields, Condition? When);

/// <param name="Field">Pointer into the data.</param>
/// <param name="Widget">How it is asked.</param>
/// <param name="Options">By value.</param>
/// <param name="Item">The fields of each item of a list.</param>
/// <param name="When">Asked only then.</param>
public sealed record FormField(
    string Field, string Widget, Both Label, Both? Help, IReadOnlyDictionary<string, Both>? Options, IReadOnlyList<FormField>? Item, Condition? When);

/// <summary>Another field has one of these values.</summary>
public sealed record Condition(string Field, IReadOnlyList<JsonElement> In)
{
    public bool Holds(JsonNode data) => FormData.At(data, Field) is { } value && In.Any(v => JsonNode.DeepEquals(JsonNode.Parse(v.GetRawText()), value));
}
