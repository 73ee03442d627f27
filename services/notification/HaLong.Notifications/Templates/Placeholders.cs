using System.Net;
using System.Text.RegularExpressions;

namespace HaLong.Notifications.Templates;

/// <summary>Places of the form <c>{{name}}</c>.</summary>
internal static partial class Placeholders
{
    public static IEnumerable<string> In(string text) => Place().Matches(text).Select(match => match.Groups["name"].Value);

    /// <summary>Braces that are no place: a typing mistake that must not reach a reader.</summary>
    public static bool HasStrayBraces(string text) =>
        Place().Replace(text, "") is var rest && (rest.Contains("{{", StringComparison.Ordinal) || rest.Contains("}}", StringComparison.Ordinal));

    public static string Fill(string text, IReadOnlyDictionary<string, string> values) => Place().Replace(text, match => values[match.Groups["name"].Value]);

    /// <summary>A value of several lines stays one of several lines.</summary>
    public static string FillHtml(string text, IReadOnlyDictionary<string, string> values) =>
        Place().Replace(text, match => WebUtility.HtmlEncode(values[match.Groups["name"].Value]).Replace("\n", "<br>", StringComparison.Ordinal));

    [GeneratedRegex(@"\{\{(?<name>[a-zA-Z]+)\}\}")]
    private static partial Regex Place();
}
