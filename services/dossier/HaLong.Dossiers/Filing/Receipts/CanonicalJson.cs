using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HaLong.Dossiers.Filing.Receipts;

/// <summary>
/// JSON in the one form of RFC 8785 (JCS): names in order, no blanks, numbers as ECMAScript writes them. So anybody can hash the same form data
/// again, whatever their library does to blanks and order.
/// </summary>
internal static class CanonicalJson
{
    /// <summary>SHA-256 in hex of the canonical form.</summary>
    public static string Hash(string json)
    {
        using var document = JsonDocument.Parse(json);
        var text = new StringBuilder();
        Write(document.RootElement, text);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    public static void Write(JsonElement element, StringBuilder to)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteAll('{', '}', element.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal), to, property =>
                {
                    WriteText(property.Name, to);
                    to.Append(':');
                    Write(property.Value, to);
                });
                break;
            case JsonValueKind.Array:
                WriteAll('[', ']', element.EnumerateArray(), to, item => Write(item, to));
                break;
            case JsonValueKind.String:
                WriteText(element.GetString()!, to);
                break;
            case JsonValueKind.Number:
                to.Append(Number(element.GetDouble()));
                break;
            default:
                to.Append(element.GetRawText());
                break;
        }
    }

    /// <summary>A number as ECMAScript writes it: shortest digits that read back, plain between 1e-6 and 1e21.</summary>
    internal static string Number(double value)
    {
        if (value == 0)
            return "0";
        // .NET finds the same shortest digits; only where the point and the exponent stand differs.
        var (digits, point) = Shortest(Math.Abs(value));
        var sign = value < 0 ? "-" : "";
        if (point is > 0 and <= 21)
            return sign + (digits.Length <= point ? digits.PadRight(point, '0') : digits[..point] + "." + digits[point..]);
        if (point is > -6 and <= 0)
            return sign + "0." + new string('0', -point) + digits;
        var exponent = (point - 1).ToString("+0;-0", CultureInfo.InvariantCulture);
        return sign + (digits.Length == 1 ? digits : digits[..1] + "." + digits[1..]) + "e" + exponent;
    }

    // The digits without leading and trailing zeros, and how many of them stand before the point.
    private static (string Digits, int Point) Shortest(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = 0;
        if (text.IndexOf('E', StringComparison.Ordinal) is var e and > 0)
            (exponent, text) = (int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), text[..e]);
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var (whole, all) = dot < 0 ? (text.Length, text) : (dot, text.Remove(dot, 1));
        var digits = all.TrimStart('0');
        return (digits.TrimEnd('0'), whole + exponent - (all.Length - digits.Length));
    }

    private static void WriteAll<T>(char open, char close, IEnumerable<T> items, StringBuilder to, Action<T> write)
    {
        to.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                to.Append(',');
            first = false;
            write(item);
        }
        to.Append(close);
    }

    private static void WriteText(string text, StringBuilder to)
    {
        to.Append('"');
        foreach (var c in text)
        {
            to.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }
        to.Append('"');
    }
}
