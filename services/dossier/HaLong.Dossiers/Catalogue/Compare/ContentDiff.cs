using System.Text.Json;

namespace HaLong.Dossiers.Catalogue.Compare;

/// <summary>One difference between two versions.</summary>
/// <param name="Path">Where, e.g. components[Đơn đăng ký].copies.</param>
/// <param name="LabelVi">The same in words.</param>
/// <param name="Kind">added, removed, changed, or moved for a component that has another number.</param>
/// <param name="Before">What was; null for what was added.</param>
/// <param name="After">What is; null for what was removed.</param>
internal sealed record Change(string Path, string LabelVi, string LabelEn, string Kind, JsonElement? Before, JsonElement? After);

/// <summary>Compares two versions field by field. Pure.</summary>
internal static class ContentDiff
{
    /// <summary>What names an element of a list, so that it is known again when others come before it.</summary>
    private static readonly string[] Names = ["code", "nameVi", "category", "from", "fromPage"];

    public static List<Change> Compare(string before, string after)
    {
        var changes = new List<Change>();
        Objects(JsonElement.Parse(before), JsonElement.Parse(after), Where.Start, changes);
        return changes;
    }

    private static void Values(JsonElement? before, JsonElement? after, Where where, List<Change> changes)
    {
        var (old, now) = (Null(before), Null(after));
        if (old is null && now is null)
            return;
        if (old is null || now is null)
            changes.Add(where.Change(old is null ? "added" : "removed", old, now));
        else if (old.Value.ValueKind == JsonValueKind.Object && now.Value.ValueKind == JsonValueKind.Object)
            Objects(old.Value, now.Value, where, changes);
        else if (old.Value.ValueKind == JsonValueKind.Array && now.Value.ValueKind == JsonValueKind.Array)
            Lists(old.Value, now.Value, where, changes);
        else if (CanonicalJson.Of(old.Value) != CanonicalJson.Of(now.Value))
            changes.Add(where.Change("changed", old, now));
    }

    private static void Objects(JsonElement before, JsonElement after, Where where, List<Change> changes)
    {
        foreach (var name in before.EnumerateObject().Select(p => p.Name).Union(after.EnumerateObject().Select(p => p.Name)))
        {
            Values(before.TryGetProperty(name, out var old) ? old : null, after.TryGetProperty(name, out var now) ? now : null, where.Field(name), changes);
        }
    }

    private static void Lists(JsonElement before, JsonElement after, Where where, List<Change> changes)
    {
        var (old, now) = (Named(before), Named(after));
        foreach (var (name, item) in old)
            Values(item.Value, now.TryGetValue(name, out var other) ? other.Value : null, where.Item(name), changes);
        foreach (var (name, item) in now.Where(n => !old.ContainsKey(n.Key)))
            Values(null, item.Value, where.Item(name), changes);

        // Order has a meaning where things are numbered: an upload names a component by its number. What stays counts, not what came or went.
        var (stayed, order) = (old.Keys.Where(now.ContainsKey).ToList(), now.Keys.Where(old.ContainsKey).ToList());
        foreach (var name in stayed.Where((name, i) => order[i] != name))
            changes.Add(where.Item(name).Change("moved", Number(old[name].Index + 1), Number(now[name].Index + 1)));
    }

    private static Dictionary<string, (JsonElement Value, int Index)> Named(JsonElement list)
    {
        var named = new Dictionary<string, (JsonElement, int)>();
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            var name = NameOf(item);
            var unique = name;
            for (var n = 2; !named.TryAdd(unique, (item, index)); n++)
                unique = $"{name} ({n})";
            index++;
        }
        return named;
    }

    private static string NameOf(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
            return item.ToString();
        var name = Names.Select(n => item.TryGetProperty(n, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? item.GetProperty(n).ToString() : null)
            .FirstOrDefault(n => n is not null) ?? "";
        // The same fee has a line for each channel.
        return item.TryGetProperty("channel", out var channel) && channel.ValueKind == JsonValueKind.String ? $"{name} · {channel.GetString()}" : name;
    }

    private static JsonElement? Null(JsonElement? value) => value is { ValueKind: not JsonValueKind.Null } ? value : null;

    private static JsonElement Number(int number) => JsonSerializer.SerializeToElement(number);

    /// <summary>A place in the content, in code and in words.</summary>
    private sealed record Where(string Path, string Vi, string En)
    {
        public static readonly Where Start = new("", "", "");

        public Where Field(string name)
        {
            var (vi, en) = CatalogueCodes.Labels.GetValueOrDefault(name, (name, name));
            return new Where(Path.Length == 0 ? name : $"{Path}.{name}", Join(Vi, vi), Join(En, en));
        }

        public Where Item(string name) => new($"{Path}[{name}]", Join(Vi, name), Join(En, name));

        public Change Change(string kind, JsonElement? before, JsonElement? after) => new(Path, Vi, En, kind, before, after);

        private static string Join(string first, string then) => first.Length == 0 ? then : $"{first} › {then}";
    }
}
