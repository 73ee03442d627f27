using System.Text.Json;

namespace HaLong.Dossiers.Forms;

/// <summary>Finds the place of a schema that speaks about a place of the data. References are followed.</summary>
internal sealed class SchemaTree(JsonElement root)
{
    private const string Definitions = "#/$defs/";

    /// <summary>The schema of a place; a row is an index or <c>*</c>. Null when the schema says nothing about it.</summary>
    public JsonElement? Find(string pointer)
    {
        var node = Resolve(root);
        foreach (var segment in Pointers.Segments(pointer))
        {
            if (node.TryGetProperty("items", out var items))
                node = Resolve(items);
            else if (node.TryGetProperty("properties", out var properties) && properties.TryGetProperty(segment, out var property))
                node = Resolve(property);
            else
                return null;
        }

        return node;
    }

    /// <summary>Every place where something is typed: values, lists, and the values in the rows of lists.</summary>
    public IEnumerable<(string Pointer, JsonElement Node)> Leaves() => Leaves("", Resolve(root));

    /// <summary>The required values below a place that is missing altogether; the place itself when nothing below is required.</summary>
    public IEnumerable<string> Required(string pointer)
    {
        if (Find(pointer) is not { } node || !node.TryGetProperty("properties", out _) || !node.TryGetProperty("required", out var required) || required.GetArrayLength() == 0)
            return [pointer];
        return required.EnumerateArray().SelectMany(name => Required(Pointers.Add(pointer, name.GetString()!)));
    }

    /// <summary>The node, or what it refers to.</summary>
    public JsonElement Resolve(JsonElement node) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty("$ref", out var reference) && reference.GetString() is { } text
        && text.StartsWith(Definitions, StringComparison.Ordinal) && root.TryGetProperty("$defs", out var definitions)
        && definitions.TryGetProperty(text[Definitions.Length..], out var target)
            ? target
            : node;

    private IEnumerable<(string Pointer, JsonElement Node)> Leaves(string pointer, JsonElement node)
    {
        if (node.TryGetProperty("properties", out var properties))
            return properties.EnumerateObject().SelectMany(p => Leaves(Pointers.Add(pointer, p.Name), Resolve(p.Value)));
        IEnumerable<(string, JsonElement)> itself = pointer.Length == 0 ? [] : [(pointer, node)];
        return node.TryGetProperty("items", out var items) && Resolve(items) is var item && item.TryGetProperty("properties", out _)
            ? itself.Concat(Leaves(pointer + "/*", item))
            : itself;
    }
}
