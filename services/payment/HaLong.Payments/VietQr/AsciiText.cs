using System.Globalization;
using System.Text;

namespace HaLong.Payments.VietQr;

/// <summary>Vietnamese text as banks carry it: capital letters without marks.</summary>
internal static class AsciiText
{
    /// <summary>Longest purpose of transfer (tag 62-08).</summary>
    public const int PurposeLength = 25;

    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
                continue;
            // đ and Đ do not decompose. Anything else outside ASCII (dashes, quotes) separates words.
            var plain = c switch { 'đ' or 'Đ' => 'D', > ' ' and <= '~' => char.ToUpperInvariant(c), _ => ' ' };
            if (plain != ' ' || (folded.Length > 0 && folded[^1] != ' '))
                folded.Append(plain);
        }

        return folded.ToString().TrimEnd();
    }

    public static string Purpose(string text)
    {
        var folded = Fold(text);
        return folded.Length <= PurposeLength ? folded : folded[..PurposeLength].TrimEnd();
    }
}
