using System.Globalization;
using System.Text.Json;

namespace HaLong.Dossiers.Domain.Lifecycle;

/// <summary>JSON pointers (RFC 6901) into the form of a dossier, such as <c>/land/plot</c>.</summary>
internal static class FieldPointer
{
    public const int MaxLength = 200;

    public static bool IsValid(string pointer) => pointer.Length is > 1 and <= MaxLength && pointer[0] == '/'
        && pointer.Split('~').Skip(1).All(rest => rest.Length > 0 && rest[0] is '0' or '1');

    /// <summary>What the pointer points at; null when there is nothing, or null.</summary>
    public static JsonElement? Find(JsonElement root, string pointer)
    {
        var here = root;
        foreach (var token in pointer[1..].Split('/').Select(Unescape))
        {
            if (here.ValueKind == JsonValueKind.Object && here.TryGetProperty(token, out var member))
                here = member;
            else if (here.ValueKind == JsonValueKind.Array && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < here.GetArrayLength())
                here = here[index];
            else
                return null;
        }
        return here.ValueKind == JsonValueKind.Null ? null : here;
    }

    /// <summary>Pointers to everything in a merge patch that is no object: what it changes.</summary>
    public static IEnumerable<string> Leaves(JsonElement patch, string prefix = "") => patch.ValueKind == JsonValueKind.Object
        ? patch.EnumerateObject().SelectMany(p => Leaves(p.Value, $"{prefix}/{Escape(p.Name)}"))
        : [prefix];

    private static string Escape(string token) => token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string Unescape(string token) => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
