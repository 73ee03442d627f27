using System.Text.Json;
using System.Text.Json.Nodes;

namespace HaLong.Dossiers.Forms;

/// <summary>Screens send "" for what was not typed: to a form that is the same as nothing.</summary>
internal static class Blanks
{
    /// <summary>The data without blank texts and nulls; rows stay where they are.</summary>
    public static JsonElement Strip(JsonElement data) => Has(data) ? JsonSerializer.SerializeToElement(Strip(JsonNode.Parse(data.GetRawText()))) : data;

    private static bool Has(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(p => IsBlank(p.Value) || Has(p.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(Has),
        _ => false,
    };

    private static bool IsBlank(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString()));

    private static JsonNode? Strip(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
                Strip(item);
        }
        else if (node is JsonObject container)
        {
            foreach (var (name, value) in container.ToList())
            {
                if (value is null || (value is JsonValue text && text.TryGetValue(out string? typed) && string.IsNullOrWhiteSpace(typed)))
                    container.Remove(name);
                else
                    Strip(value);
            }
        }

        return node;
    }
}
