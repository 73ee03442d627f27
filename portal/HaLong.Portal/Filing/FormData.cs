using System.Globalization;
using System.Text.Json.Nodes;

namespace HaLong.Portal.Filing;

/// <summary>Reads and writes the data of a form by pointers.</summary>
internal static class FormData
{
    /// <summary>What is there; null for nothing.</summary>
    public static JsonNode? At(JsonNode? data, string pointer)
    {
        foreach (var part in pointer.Split('/').Skip(1))
        {
            data = data switch
            {
                JsonObject all => all[part],
                JsonArray items when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < items.Count => items[index],
                _ => null,
            };
        }

        return data;
    }

    /// <summary>What an input shows.</summary>
    public static string Shown(JsonNode? data, string pointer) => At(data, pointer) switch
    {
        null => "",
        JsonValue value when value.TryGetValue<bool>(out var yes) => yes ? "true" : "false",
        var value => value.ToString(),
    };

    /// <summary>
    /// The change that a section as it was sent means, as a merge patch: each of its fields, what is empty taken away. Lists are sent whole, without the
    /// items of which nothing is filled in.
    /// </summary>
    public static JsonObject Change(FormDefinition form, FormSection section, IReadOnlyDictionary<string, string> sent)
    {
        var change = new JsonObject();
        foreach (var field in section.Fields)
        {
            if (field.Widget == "list")
                Set(change, field.Field, Items(form, field, sent));
            else if (sent.TryGetValue(field.Field, out var text) || field.Widget == "checkbox")
                Set(change, field.Field, Value(form.TypeOf(field.Field), text));
        }

        return change;
    }

    /// <summary>The section with those fields alone that a script says were touched; without a script all of it.</summary>
    public static FormSection Touched(FormSection section, IFormCollection sent) => sent["scripted"] != "true" ? section : section with
    {
        Fields = [.. section.Fields.Where(f => sent["changed"].Any(c => c == f.Field || c?.StartsWith(f.Field + "/", StringComparison.Ordinal) == true))],
    };

    private static JsonArray? Items(FormDefinition form, FormField list, IReadOnlyDictionary<string, string> sent)
    {
        var items = new JsonArray();
        for (var i = 0; sent.Keys.Any(k => k.StartsWith($"{list.Field}/{i}/", StringComparison.Ordinal)); i++)
        {
            var item = new JsonObject();
            foreach (var field in list.Item ?? [])
            {
                var pointer = field.Field.Replace("*", $"{i}", StringComparison.Ordinal);
                if (Value(form.TypeOf(field.Field), sent.GetValueOrDefault(pointer)) is { } value)
                    Set(item, pointer[$"{list.Field}/{i}".Length..], value);
            }

            if (item.Count > 0)
                items.Add((JsonNode)item);
        }

        return items.Count > 0 ? items : null;
    }

    // What is no number stays a text: the API says what is wrong with it, and nothing that was typed is lost.
    private static JsonNode? Value(string type, string? text) => (type, text?.Trim()) switch
    {
        (_, null or "") => null,
        ("boolean", var t) => t == "true",
        ("integer", var t) when long.TryParse(Plain(t), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        ("number", var t) when decimal.TryParse(t.Replace(',', '.'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out var number) => number,
        (_, var t) => t,
    };

    // Amounts are written with points or spaces between thousands.
    private static string Plain(string text) => text.Replace(".", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);

    private static void Set(JsonObject to, string pointer, JsonNode? value)
    {
        var parts = pointer.Split('/')[1..];
        foreach (var part in parts[..^1])
            to = (to[part] ??= new JsonObject()).AsObject();
        to[parts[^1]] = value;
    }
}
