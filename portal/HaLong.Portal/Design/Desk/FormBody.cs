using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Design.Desk;

/// <summary>What was typed, as the API wants it.</summary>
internal static class FormBody
{
    /// <summary>Name of the button that asks for more rows of a list, and sends nothing on.</summary>
    public const string More = "more";

    private const string Gone = "gone";

    /// <summary>The body of a step; null where it has none.</summary>
    /// <exception cref="JsonException">Something is not the JSON that it should be.</exception>
    public static JsonObject? Of(Step step, IFormCollection form)
    {
        var asked = step.Asks.Where(a => !step.InAddress.Contains(a.Name)).ToList();
        if (asked.Count == 0 && step.Known is null)
            return null;
        var body = step.Known?.DeepClone().AsObject() ?? [];
        foreach (var ask in asked)
            Put(body, ask, form, step.Known is not null);
        return body;
    }

    // Where something is known, what is left empty is taken out of it: "not there" and "nothing" are two things in a diff.
    private static void Put(JsonObject body, Ask ask, IFormCollection form, bool isKnown)
    {
        var names = ask.Name.Split('.');
        var here = body;
        foreach (var name in names[..^1])
        {
            if (here[name] is not JsonObject inner)
                here[name] = inner = [];
            here = inner;
        }

        var value = ask.Kind == AskKind.Rows ? RowsOf(ask, here[names[^1]] as JsonArray, form) : ValueOf(ask, ask.Name, form);
        if (isKnown && (value is null || (value is JsonArray { Count: 0 } or JsonObject { Count: 0 } && !here.ContainsKey(names[^1]))))
            here.Remove(names[^1]);
        else
            here[names[^1]] = value;
    }

    private static JsonNode? ValueOf(Ask ask, string name, IFormCollection form)
    {
        var text = form[name].ToString().Trim();
        return ask.Kind switch
        {
            AskKind.Lines => new JsonArray([.. Lines(text).Select(l => (JsonNode)l)]),
            AskKind.Choices => new JsonArray([.. form[name].Where(v => v is { Length: > 0 }).Select(v => (JsonNode)v!)]),
            AskKind.Flag => text == "true",
            // No pairs are an object without any, as no lines are an empty list: the API takes null for "as it is".
            AskKind.Pairs => Pairs(text),
            _ when text.Length == 0 => ask.IsClearable ? text : null,
            // What is no number the API refuses in its own words.
            AskKind.Number => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : (JsonNode)text,
            AskKind.Moment => Local(text) is { } at ? at : (JsonNode)text,
            AskKind.Json => JsonNode.Parse(text),
            _ => text.ReplaceLineEndings("\n"),
        };
    }

    private static JsonArray RowsOf(Ask ask, JsonArray? known, IFormCollection form)
    {
        var rows = new JsonArray();
        for (var i = 0; form.ContainsKey($"{ask.Name}.{i}"); i++)
        {
            if (form[$"{ask.Name}.{i}.{Gone}"] == "true" || ask.Columns.All(c => c.Kind == AskKind.Flag
                || form[$"{ask.Name}.{i}.{c.Name}"].ToString().Trim().Length == 0))
                continue;
            // What a row has beside the columns stays with it.
            var row = known is not null && i < known.Count && known[i] is JsonObject before ? before.DeepClone().AsObject() : [];
            foreach (var column in ask.Columns)
            {
                if (ValueOf(column, $"{ask.Name}.{i}.{column.Name}", form) is { } value)
                    row[column.Name] = value;
                else
                    row.Remove(column.Name);
            }

            rows.Add(row);
        }

        return rows;
    }

    public static IEnumerable<string> Lines(string text) =>
        text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static JsonObject Pairs(string text)
    {
        var pairs = new JsonObject();
        foreach (var line in Lines(text))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            pairs[colon < 0 ? line : line[..colon].Trim()] = colon < 0 ? "" : line[(colon + 1)..].Trim();
        }

        return pairs;
    }

    // In UTC, as the API keeps moments.
    private static DateTimeOffset? Local(string text) => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
        ? new DateTimeOffset(at, LocalTime.Zone.GetUtcOffset(at)).ToUniversalTime() : null;
}
