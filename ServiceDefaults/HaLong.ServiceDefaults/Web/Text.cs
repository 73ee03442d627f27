using System.Globalization;

namespace HaLong.ServiceDefaults;

/// <summary>Texts in the two languages of the platform.</summary>
public static class Text
{
    /// <summary>The text in the language of the current request: English when asked for, else Vietnamese.</summary>
    public static string Bilingual(string vi, string en) => IsEnglish ? en : vi;

    /// <summary>True when the current request asked for English.</summary>
    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <summary>Lower case without diacritics, <c>đ</c> as <c>d</c>: what searches compare.</summary>
    public static string Fold(string text)
    {
        Span<char> buffer = stackalloc char[256];
        var decomposed = text.Normalize(System.Text.NormalizationForm.FormD);
        var output = decomposed.Length <= buffer.Length ? buffer : new char[decomposed.Length];
        var length = 0;
        foreach (var c in decomposed)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            output[length++] = c is 'đ' or 'Đ' ? 'd' : char.ToLowerInvariant(c);
        }

        return new string(output[..length]);
    }
}
