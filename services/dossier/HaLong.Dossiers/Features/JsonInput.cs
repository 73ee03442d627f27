using System.Text.Json;
using System.Text.Json.Nodes;

namespace HaLong.Dossiers.Features;

/// <summary>JSON from outside: what the database can keep, and how a merge patch (RFC 7396) changes it.</summary>
internal static class JsonInput
{
    /// <summary>Largest form data of a dossier, as text.</summary>
    public const int MaxLength = 256 * 1024;

    /// <summary>Deepest nesting.</summary>
    public const int MaxDepth = 16;

    /// <summary>What is wrong with JSON from outside, if anything: looked at before anything else touches it.</summary>
    public static JsonDefect Look(JsonElement element, int depth = 0)
    {
        if (element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            return IsStorable(element) ? JsonDefect.None : JsonDefect.NotStorable;
        if (depth >= MaxDepth)
            return JsonDefect.TooDeep;
        var worst = JsonDefect.None;
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                worst = Max(worst, Look(item, depth + 1));
            return worst;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (!IsStorable(() => property.Name))
                return JsonDefect.NotStorable;
            // Readers differ in which of two they take, so what was signed could be something else than what was read.
            worst = Max(worst, names.Add(property.Name) ? Look(property.Value, depth + 1) : JsonDefect.DuplicateKey);
        }

        return worst;
    }

    /// <summary>False for what PostgreSQL refuses in jsonb: NUL, halves of surrogate pairs, numbers beyond a double.</summary>
    public static bool IsStorable(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().All(p => IsStorable(() => p.Name) && IsStorable(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().All(IsStorable),
        JsonValueKind.String => IsStorable(() => element.GetString()!),
        JsonValueKind.Number => element.TryGetDouble(out var number) && double.IsFinite(number),
        _ => true,
    };

    /// <summary>True for text that PostgreSQL can keep.</summary>
    public static bool IsStorable(string text) => !text.Contains('\0', StringComparison.Ordinal) && text.HasWholePairs();

    /// <summary>The target after the patch: null removes, objects merge, everything else replaces.</summary>
    public static JsonNode? Merge(JsonNode? target, JsonElement patch)
    {
        if (patch.ValueKind != JsonValueKind.Object)
            return JsonSerializer.SerializeToNode(patch);
        var merged = target as JsonObject ?? [];
        foreach (var property in patch.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Null)
            {
                merged.Remove(property.Name);
                continue;
            }
            var old = merged[property.Name];
            merged.Remove(property.Name);
            merged[property.Name] = Merge(old, property.Value);
        }
        return merged;
    }

    private static JsonDefect Max(JsonDefect one, JsonDefect other) => one > other ? one : other;

    private static bool IsStorable(Func<string> read)
    {
        try
        {
            return IsStorable(read());
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair written as an escape.
            return false;
        }
    }

    private static bool HasWholePairs(this string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }
        return true;
    }
}

/// <summary>Why JSON is not taken.</summary>
internal enum JsonDefect
{
    None,
    DuplicateKey,
    TooDeep,
    NotStorable,
}
