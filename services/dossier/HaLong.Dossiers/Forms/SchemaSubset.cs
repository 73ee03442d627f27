using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace HaLong.Dossiers.Forms;

/// <summary>
/// The part of JSON Schema (draft 2020-12) that forms are written in: small enough that each keyword has a helpful sentence in both languages, that a
/// front end can draw it, and that nothing typed can make checking slow.
/// </summary>
internal static class SchemaSubset
{
    private static readonly FrozenSet<string> OfRoot = FrozenSet.ToFrozenSet(["$schema", "$defs", "allOf"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> OfNode = FrozenSet.ToFrozenSet(
    [
        "$ref", "$comment", "type", "properties", "required", "additionalProperties", "items", "minItems", "maxItems", "uniqueItems", "enum", "const",
        "minLength", "maxLength", "pattern", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "x-source", "x-not-future",
    ],
    StringComparer.Ordinal);

    private static readonly FrozenSet<string> OfCondition = FrozenSet.ToFrozenSet(
        ["properties", "required", "const", "enum", "minItems", "minLength", "minimum", "maximum"], StringComparer.Ordinal);

    /// <summary>Keywords a form may use anywhere.</summary>
    public static IEnumerable<string> Keywords => OfRoot.Union(OfNode).Union(["if", "then", "else"]).Order(StringComparer.Ordinal);

    /// <summary>Everything outside the subset, in words for who writes forms.</summary>
    public static IEnumerable<string> Check(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || TypeOf(root) != "object")
            return ["The schema must be an object of type object."];
        var definitions = root.TryGetProperty("$defs", out var defs) ? defs.EnumerateObject().ToList() : [];
        var names = definitions.Select(d => d.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Node("#", root, names, isRoot: true),
            .. definitions.SelectMany(d => Node("#/$defs/" + d.Name, d.Value, [], isRoot: false)),
            .. Conditions(root),
        ];
    }

    private static List<string> Node(string at, JsonElement node, HashSet<string> definitions, bool isRoot)
    {
        if (node.ValueKind != JsonValueKind.Object)
            return [$"{at}: a schema must be an object."];
        List<string> defects = [.. node.EnumerateObject().Where(k => !OfNode.Contains(k.Name) && !(isRoot && OfRoot.Contains(k.Name))).Select(k => $"{at}: unknown keyword {k.Name}.")];
        if (node.TryGetProperty("$ref", out var reference))
        {
            // A definition refers to no other: so no schema can contain itself.
            var name = reference.GetString() is { } text && text.StartsWith("#/$defs/", StringComparison.Ordinal) ? text["#/$defs/".Length..] : "";
            if (!definitions.Contains(name))
                defects.Add($"{at}: $ref must name one of $defs, and definitions must not refer to definitions.");
            return defects;
        }

        if (node.TryGetProperty("x-source", out var source) && !Sources.All.Contains(source.ToString()))
            defects.Add($"{at}: unknown x-source {source}.");
        defects.AddRange(TypeOf(node) switch
        {
            "object" => Object(at, node, definitions, isRoot),
            "array" => Array(at, node, definitions),
            "string" => String(at, node),
            "integer" => node.TryGetProperty("format", out var format) && format.GetString() != FieldFormats.Money ? [$"{at}: unknown format {format}."] : [],
            "number" or "boolean" => [],
            _ => [$"{at}: type must be object, array, string, integer, number or boolean."],
        });
        return defects;
    }

    private static IEnumerable<string> Object(string at, JsonElement node, HashSet<string> definitions, bool isRoot)
    {
        if (!node.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
            return [$"{at}: an object needs properties."];
        IEnumerable<string> defects = properties.EnumerateObject().SelectMany(p => Node($"{at}/{p.Name}", p.Value, definitions, isRoot: false));
        if (!isRoot && (!node.TryGetProperty("additionalProperties", out var more) || more.ValueKind != JsonValueKind.False))
            defects = defects.Append($"{at}: additionalProperties must be false.");
        return defects.Concat(Names(node).Where(n => !properties.TryGetProperty(n, out _)).Select(n => $"{at}: required names {n}, which is no property."));
    }

    private static IEnumerable<string> Array(string at, JsonElement node, HashSet<string> definitions)
    {
        if (!node.TryGetProperty("maxItems", out _))
            yield return $"{at}: an array needs maxItems.";
        if (!node.TryGetProperty("items", out var items))
            yield return $"{at}: an array needs items.";
        else
            foreach (var defect in Node(at + "/*", items, definitions, isRoot: false))
                yield return defect;
    }

    private static IEnumerable<string> String(string at, JsonElement node)
    {
        if (!node.TryGetProperty("maxLength", out _) && !node.TryGetProperty("enum", out _) && !node.TryGetProperty("const", out _) && !node.TryGetProperty("format", out _))
            yield return $"{at}: a string needs maxLength, enum, const or format.";
        if (node.TryGetProperty("format", out var format) && (format.GetString() is not { } name || name == FieldFormats.Money || !FieldFormats.All.ContainsKey(name)))
            yield return $"{at}: unknown format {format}.";
        if (node.TryGetProperty("pattern", out var pattern) && !IsLinear(pattern.GetString() ?? ""))
            yield return $"{at}: the pattern must begin with ^, end with $ and need no backtracking.";
        if (node.TryGetProperty("x-not-future", out _) && (format.ValueKind != JsonValueKind.String || format.GetString() != FieldFormats.Date))
            yield return $"{at}: x-not-future is for dates.";
    }

    /// <summary>What makes fields required or narrower, depending on others: <c>allOf</c> of <c>if</c>, <c>then</c>, <c>else</c>.</summary>
    private static IEnumerable<string> Conditions(JsonElement root)
    {
        var tree = new SchemaTree(root);
        var conditions = root.TryGetProperty("allOf", out var all) ? all.EnumerateArray().ToList() : [];
        return conditions.SelectMany((condition, i) => condition.ValueKind == JsonValueKind.Object && condition.TryGetProperty("if", out _) && condition.TryGetProperty("then", out _)
            ? condition.EnumerateObject().SelectMany(part => part.Name is "if" or "then" or "else"
                ? Condition($"#/allOf/{i}/{part.Name}", part.Value, "", tree)
                : [$"#/allOf/{i}: unknown keyword {part.Name}."])
            : [$"#/allOf/{i}: must have if and then."]);
    }

    private static IEnumerable<string> Condition(string at, JsonElement node, string pointer, SchemaTree tree)
    {
        if (node.ValueKind != JsonValueKind.Object)
            return [$"{at}: must be an object."];
        var properties = node.TryGetProperty("properties", out var found) ? found.EnumerateObject().ToList() : [];
        return
        [
            .. node.EnumerateObject().Where(k => !OfCondition.Contains(k.Name)).Select(k => $"{at}: unknown keyword {k.Name}."),
            .. properties.Select(p => p.Name).Concat(Names(node)).Distinct().Where(n => tree.Find(Pointers.Add(pointer, n)) is null)
                .Select(n => $"{at}: {n} is no field of the form."),
            .. properties.SelectMany(p => Condition($"{at}/{p.Name}", p.Value, Pointers.Add(pointer, p.Name), tree)),
        ];
    }

    private static IEnumerable<string> Names(JsonElement node) =>
        node.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array ? required.EnumerateArray().Select(r => r.GetString() ?? "") : [];

    private static string? TypeOf(JsonElement node) => node.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

    private static bool IsLinear(string pattern)
    {
        if (!pattern.StartsWith('^') || !pattern.EndsWith('$'))
            return false;
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
