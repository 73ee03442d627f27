using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

/// <summary>
/// What a dossier is about, as one value: equal for two filings of the same matter, whatever the capitals, diacritics, blanks or order of fields.
/// </summary>
internal static class SubjectMatter
{
    /// <summary>SHA-256 in hex of procedure, subject and key fields.</summary>
    /// <param name="procedureCode">The procedure.</param>
    /// <param name="subject">In the applicant's words.</param>
    /// <param name="data">The form, a JSON object.</param>
    /// <param name="keyFields">Fields that tell one matter from another, as dotted paths; none: all that is filled in.</param>
    public static string KeyOf(string procedureCode, string subject, string data, IReadOnlyCollection<string> keyFields)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        using var form = JsonDocument.Parse(data);
        Collect(form.RootElement, "", values);
        // A form without any of its key fields says nothing by them.
        var telling = values.Where(v => keyFields.Contains(v.Key)).ToList();
        var chosen = telling.Count > 0 ? telling : [.. values];
        var text = new StringBuilder(procedureCode).Append('\n').Append(Normalise(subject));
        foreach (var (path, value) in chosen)
            text.Append('\n').Append(path).Append('=').Append(value);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Letters and digits in lower case without diacritics, words apart by one blank.</summary>
    public static string Normalise(string text)
    {
        var spaced = new string([.. Text.Fold(text).Select(c => char.IsLetterOrDigit(c) ? c : ' ')]);
        return string.Join(' ', spaced.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static void Collect(JsonElement element, string path, SortedDictionary<string, string> values)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                    Collect(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}", values);
                break;
            case JsonValueKind.Array:
                foreach (var (item, i) in element.EnumerateArray().Select((item, i) => (item, i)))
                    Collect(item, $"{path}.{i}", values);
                break;
            case JsonValueKind.String when Normalise(element.GetString()!) is { Length: > 0 } word:
                values[path] = word;
                break;
            case JsonValueKind.Number or JsonValueKind.True:
                values[path] = element.GetRawText();
                break;
        }
    }
}
