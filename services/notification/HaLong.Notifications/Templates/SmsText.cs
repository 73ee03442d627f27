using System.Buffers;
using System.Globalization;
using System.Text;

namespace HaLong.Notifications.Templates;

/// <summary>How an SMS travels (3GPP TS 23.038).</summary>
internal enum SmsEncoding
{
    /// <summary>Seven bits a letter: Latin letters, few of them with accents.</summary>
    Gsm7,

    /// <summary>Sixteen bits a letter: as soon as one letter of the text is not in the other.</summary>
    Ucs2,
}

/// <summary>What an SMS costs.</summary>
/// <param name="Encoding">Of the whole text.</param>
/// <param name="Characters">As a reader counts them.</param>
/// <param name="Units">Septets or 16-bit words that the text takes.</param>
/// <param name="Parts">Messages that are paid for; 0 for an empty text.</param>
internal sealed record SmsSize(SmsEncoding Encoding, int Characters, int Units, int Parts);

/// <summary>
/// Length and letters of an SMS. One letter outside the GSM alphabet turns the whole text into 16-bit words: 70 instead of 160 places. That
/// alphabet holds à è é ì ò ù, but not ă â đ ê ô ơ ư nor what carries another tone, so Vietnamese is written without marks unless its reader
/// asked for them.
/// </summary>
internal static class SmsText
{
    public const int OnePart = 160, EachPart = 153, OnePartWide = 70, EachPartWide = 67;

    // Marks of Latin letters; those of other scripts belong to their letters.
    private const char FirstMark = '\u0300', LastMark = '\u036f';

    // The escape character itself is no letter.
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private const string Extension = "\f^{}\\[~]|€";

    private static readonly SearchValues<char> PlainLetters = SearchValues.Create(Basic.Where(char.IsAscii).ToArray()),
        AllLetters = SearchValues.Create(Basic + Extension),
        Escaped = SearchValues.Create(Extension);

    public static SmsSize Measure(string text)
    {
        var gsm = !text.AsSpan().ContainsAnyExcept(AllLetters);
        var (one, each) = gsm ? (OnePart, EachPart) : (OnePartWide, EachPartWide);
        int units = 0, parts = 0, left = 0;
        for (var at = 0; at < text.Length; at++)
        {
            // A letter is never torn: neither an escape from what it escapes, nor the halves of a surrogate pair.
            var size = 1;
            if (gsm ? Escaped.Contains(text[at]) : char.IsSurrogatePair(text, at))
                size = 2;
            if (!gsm && size == 2)
                at++;
            units += size;
            if (left < size)
                (parts, left) = (parts + 1, each);
            left -= size;
        }

        return new SmsSize(
            gsm ? SmsEncoding.Gsm7 : SmsEncoding.Ucs2, new StringInfo(text).LengthInTextElements, units, units == 0 ? 0 : units <= one ? 1 : parts);
    }

    /// <summary>The text as it is sent: without marks, unless the reader asked for them.</summary>
    public static string Of(string text, bool accents = false) => accents ? text.Normalize(NormalizationForm.FormC) : Plain(text);

    /// <summary>Vietnamese without marks (đ as d), and signs that only typesetters use as those of a telephone. Other scripts stay as they are.</summary>
    public static string Plain(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(PlainLetters))
            return text;

        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (c is < FirstMark or > LastMark)
                Append(plain, c);
        }

        return plain.ToString().Normalize(NormalizationForm.FormC);
    }

    private static void Append(StringBuilder plain, char c) => _ = c switch
    {
        'đ' => plain.Append('d'),
        'Đ' => plain.Append('D'),
        '“' or '”' or '„' => plain.Append('"'),
        '‘' or '’' => plain.Append('\''),
        '–' or '—' or '‑' or '•' => plain.Append('-'),
        '…' => plain.Append("..."),
        '\u00a0' or '\u202f' => plain.Append(' '),
        '₫' => plain.Append('d'),
        _ => plain.Append(c),
    };
}
