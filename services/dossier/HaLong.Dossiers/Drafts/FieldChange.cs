using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Forms;

namespace HaLong.Dossiers.Drafts;

/// <summary>One field that differs between two documents. Lists and values are fields; objects only when they come or go whole.</summary>
/// <param name="Pointer">JSON pointer into <c>{subject, data}</c>.</param>
/// <param name="Before">Null when it was not there.</param>
/// <param name="After">Null when it is not there any more.</param>
internal sealed record FieldChange(string Pointer, JsonNode? Before, JsonNode? After)
{
    /// <summary>Every field that differs.</summary>
    public static IEnumerable<FieldChange> Between(JsonNode? before, JsonNode? after, string pointer = "")
    {
        if (after is JsonObject now && (before is JsonObject || (before is null && now.Count > 0)))
        {
            var old = before as JsonObject ?? [];
            return old.Select(p => p.Key).Union(now.Select(p => p.Key)).SelectMany(name => Between(old[name], now[name], Pointers.Add(pointer, name)));
        }

        return JsonNode.DeepEquals(before, after) ? [] : [new FieldChange(pointer, before, after)];
    }

    /// <summary>The smallest merge patch (RFC 7396) that makes these changes.</summary>
    public static JsonElement Patch(IEnumerable<FieldChange> changes)
    {
        var patch = new JsonObject();
        foreach (var change in changes)
            Pointers.Set(patch, change.Pointer, change.After?.DeepClone());
        return JsonSerializer.SerializeToElement(patch);
    }
}
