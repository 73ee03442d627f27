using System.Text.Json.Nodes;

namespace HaLong.Notifications.Tests.Events;

/// <summary>Whether a reader of the old schema can read what the new one describes.</summary>
internal static class SchemaCompatibility
{
    /// <summary>What would break such a reader; empty when nothing does.</summary>
    public static IEnumerable<string> Breaks(string type, JsonObject old, JsonObject? now)
    {
        if (now is null)
            return [$"{type} is gone: partners wait for it"];
        var (before, after) = (Fields(old), Fields(now));
        return before.SelectMany(field => FieldBreaks($"{type}: {field.Key}", field.Value!.AsObject(), after[field.Key]?.AsObject()))
            .Concat(Required(old).Except(Required(now)).Where(name => after.ContainsKey(name)).Select(name => $"{type}: {name} was always there and may be missing now"));
    }

    private static IEnumerable<string> FieldBreaks(string what, JsonObject old, JsonObject? now)
    {
        if (now is null)
        {
            yield return $"{what} is gone";
            yield break;
        }

        foreach (var rule in new[] { "type", "format", "pattern" })
        {
            if (old[rule]?.ToJsonString() is { } before && now[rule]?.ToJsonString() != before)
                yield return $"{what} was of {rule} {before} and is {now[rule]?.ToJsonString() ?? "free"}";
        }

        if (old["minimum"] is { } least && (now["minimum"] is not { } lower || lower.GetValue<long>() < least.GetValue<long>()))
            yield return $"{what} was at least {least} and may be less";
    }

    private static JsonObject Fields(JsonObject schema) => schema["properties"]!.AsObject();

    private static IEnumerable<string> Required(JsonObject schema) => schema["required"]!.AsArray().Select(r => r!.GetValue<string>());
}
