using System.Globalization;
using System.Text;

namespace HaLong.Payments.VietQr;

/// <summary>One field: two-digit tag, two-digit length, value.</summary>
internal readonly record struct TlvField(string Tag, string Value);

/// <summary>Reads and writes the tag–length–value text of EMVCo codes.</summary>
internal static class Tlv
{
    /// <summary>All fields of a text, in order; a fault when the text is not exactly a row of fields or repeats a tag.</summary>
    public static VietQrFault? TryRead(string text, out IReadOnlyList<TlvField> fields)
    {
        var found = new List<TlvField>();
        fields = found;
        for (var at = 0; at < text.Length;)
        {
            if (text.Length - at < 4 || !IsNumber(text.AsSpan(at, 4)))
                return VietQrFault.MalformedTlv;
            var length = int.Parse(text.AsSpan(at + 2, 2), NumberStyles.None, CultureInfo.InvariantCulture);
            // A field of length 00 does not exist: what is absent is left out.
            if (length == 0 || text.Length - at - 4 < length)
                return VietQrFault.MalformedTlv;
            found.Add(new TlvField(text.Substring(at, 2), text.Substring(at + 4, length)));
            at += 4 + length;
        }

        if (found.Count == 0)
            return VietQrFault.MalformedTlv;
        return found.DistinctBy(f => f.Tag).Count() == found.Count ? null : VietQrFault.DuplicateTag;
    }

    /// <summary>Writes a field; nothing for a missing value. The caller has made sure that the value fits two digits of length.</summary>
    public static StringBuilder Append(this StringBuilder target, string tag, string? value) =>
        string.IsNullOrEmpty(value)
            ? target
            : target.Append(tag).Append(value.Length.ToString("00", CultureInfo.InvariantCulture)).Append(value);

    public static string? Find(this IReadOnlyList<TlvField> fields, string tag)
    {
        foreach (var field in fields)
        {
            if (field.Tag == tag)
                return field.Value;
        }

        return null;
    }

    private static bool IsNumber(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
