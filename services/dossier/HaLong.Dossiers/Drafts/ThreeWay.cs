using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Features;

namespace HaLong.Dossiers.Drafts;

/// <summary>
/// Two people, or one with two devices, changed the same draft: field by field, what one changed since the state both knew is put beside what the
/// other changed.
/// </summary>
/// <param name="Mine">What the caller changed and nobody else did: can be merged.</param>
/// <param name="Conflicts">Fields that both changed, each to something else.</param>
internal sealed record ThreeWay(IReadOnlyList<FieldChange> Mine, IReadOnlyList<FieldConflict> Conflicts)
{
    /// <param name="common">The state that the caller changed; null when it is not known any more.</param>
    /// <param name="patch">What he sent.</param>
    /// <param name="current">The state now.</param>
    public static ThreeWay Of(JsonObject? common, JsonElement patch, JsonObject current)
    {
        if (common is null)
        {
            // Not knowing what he saw, nothing of what stands there now may be overwritten unseen.
            var wanted = Apply(current, patch);
            return new ThreeWay([], [.. FieldChange.Between(current, wanted).Select(c => FieldConflict.Of(c.Pointer, null, c.After, c.Before))]);
        }

        var theirs = FieldChange.Between(common, current).ToDictionary(c => c.Pointer, StringComparer.Ordinal);
        var above = theirs.Keys.SelectMany(Above).ToHashSet(StringComparer.Ordinal);
        List<FieldChange> mine = [];
        List<FieldConflict> conflicts = [];
        foreach (var change in FieldChange.Between(common, Apply(common, patch)))
        {
            if (theirs.TryGetValue(change.Pointer, out var same))
            {
                if (!JsonNode.DeepEquals(same.After, change.After))
                    conflicts.Add(FieldConflict.Of(change.Pointer, change.Before, change.After, same.After));
            }
            else if (above.Contains(change.Pointer) || Above(change.Pointer).Any(theirs.ContainsKey))
            {
                conflicts.Add(FieldConflict.Of(change.Pointer, change.Before, change.After, At(current, change.Pointer)));
            }
            else
            {
                mine.Add(change);
            }
        }

        return new ThreeWay(mine, conflicts);
    }

    /// <summary>A copy of the document with the patch.</summary>
    public static JsonObject Apply(JsonObject document, JsonElement patch) => JsonInput.Merge(document.DeepClone(), patch)!.AsObject();

    /// <summary>A copy of the document with the changes.</summary>
    public static JsonObject Apply(JsonObject document, IEnumerable<FieldChange> changes) => Apply(document, FieldChange.Patch(changes));

    private static IEnumerable<string> Above(string pointer)
    {
        for (var slash = pointer.LastIndexOf('/'); slash > 0; slash = pointer.LastIndexOf('/', slash - 1))
            yield return pointer[..slash];
    }

    private static JsonNode? At(JsonNode? node, string pointer)
    {
        foreach (var segment in Forms.Pointers.Segments(pointer))
            node = (node as JsonObject)?[segment];
        return node;
    }
}

/// <summary>A field that two changed. A value that is not there is left out of the JSON.</summary>
/// <param name="Pointer">JSON pointer into the dossier, e.g. /data/owner/phone.</param>
/// <param name="Base">What both knew.</param>
/// <param name="Mine">What the caller sent.</param>
/// <param name="Theirs">What stands there now.</param>
internal sealed record FieldConflict(string Pointer, JsonElement? Base, JsonElement? Mine, JsonElement? Theirs)
{
    public static FieldConflict Of(string pointer, JsonNode? common, JsonNode? mine, JsonNode? theirs) => new(pointer, Value(common), Value(mine), Value(theirs));

    private static JsonElement? Value(JsonNode? node) => node is null ? null : DraftDocument.Element(node);
}
