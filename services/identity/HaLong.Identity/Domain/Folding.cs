using System.Globalization;
using System.Text;

namespace HaLong.Identity.Domain;

/// <summary>Folds Vietnamese text to lower-case letters without diacritics, so that "ha long" finds "Hạ Long".</summary>
internal static class Folding
{
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
                continue;

            // Đ has no decomposition: it is a letter of its own.
            folded.Append(c is 'đ' or 'Đ' ? 'd' : char.ToLowerInvariant(c));
        }

        return folded.ToString();
    }

    /// <summary>The words of a query, folded; a unit matches when it has all of them.</summary>
    public static IReadOnlyList<string> Words(string? query) =>
        Fold(query ?? "").Split([' ', '\t', ',', '-'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
