using System.Text.Json;
using System.Text.Json.Nodes;

namespace HaLong.Dossiers.Forms;

/// <summary>JSON pointers (RFC 6901) as plain text.</summary>
internal static class Pointers
{
    /// <summary>Where the form data stand in a dossier: pointers of the API start here, those of a form file after it.</summary>
    public const string Data = "/data";

    public static string Add(string pointer, string segment) => $"{pointer}/{segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public static IEnumerable<string> Segments(string pointer) => pointer.Length == 0
        ? []
        : pointer[1..].Split('/').Select(s => s.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));

    /// <summary>The value at a place; null when there is none.</summary>
    public static JsonElement? Find(JsonElement root, string pointer)
    {
        foreach (var segment in Segments(pointer))
        {
            if (root.ValueKind == JsonValueKind.Array && int.TryParse(segment, out var index) && index >= 0 && index < root.GetArrayLength())
                root = root[index];
            else if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(segment, out root))
                return null;
        }

        return root;
    }

    /// <summary>Sets a value, making the objects on the way; false when something that is no object is in the way.</summary>
    public static bool Set(JsonObject root, string pointer, JsonNode? value)
    {
        var segments = Segments(pointer).ToList();
        foreach (var segment in segments[..^1])
        {
            root.TryAdd(segment, new JsonObject());
            if (root[segment] is not JsonObject next)
                return false;
            root = next;
        }

        root[segments[^1]] = value;
        return true;
    }

    /// <summary>The place in the form file: rows of lists are <c>*</c>.</summary>
    public static string Generic(string pointer) => pointer.Length == 0
        ? ""
        : "/" + string.Join('/', pointer[1..].Split('/').Select(s => s.Length > 0 && s.All(char.IsAsciiDigit) ? "*" : s));

    /// <summary>The number of the row, from 1, of the last list on the way; null outside lists.</summary>
    public static int? Row(string pointer)
    {
        var segments = pointer.Split('/');
        var last = Array.FindLastIndex(segments, s => s.Length is > 0 and < 9 && s.All(char.IsAsciiDigit));
        return last < 0 ? null : int.Parse(segments[last], System.Globalization.CultureInfo.InvariantCulture) + 1;
    }
}
