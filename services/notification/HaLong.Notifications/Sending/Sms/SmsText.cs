using System.Globalization;
using System.Text;
using System.Text.Json;

namespace HaLong.Notifications.Sending.Sms;

/// <summary>The text of one SMS as it leaves: unaccented, so that it stays in the GSM 7-bit alphabet (3GPP TS 23.038), unless accents were asked for.</summary>
/// <param name="Text">What is sent.</param>
/// <param name="IsUcs2">It holds letters outside that alphabet: 70 instead of 160 in one part.</param>
internal sealed record SmsText(string Text, bool IsUcs2)
{
    private const string Gsm7 =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€";

    private static readonly HashSet<char> Alphabet = [.. Gsm7];

    private static readonly string[] Advertising = ["[QC]", "[AD]", "(QC)", "(AD)"];

    /// <summary>The text, or why it is not sent. Accents are asked for by <c>{"encoding":"ucs2"}</c> in <see cref="OutgoingMessage.Data"/>.</summary>
    public static (SmsText? Text, string? Refusal) Of(OutgoingMessage message)
    {
        var clean = new string([.. message.Text.Normalize(NormalizationForm.FormC).Where(c => c == '\n' || !char.IsControl(c))]).Trim();
        if (clean.Length == 0)
            return (null, "empty");
        // Registered for telling people about their own affairs; what is labelled as advertising (art. 13) does not go out under it.
        if (Advertising.Any(label => clean.StartsWith(label, StringComparison.OrdinalIgnoreCase)))
            return (null, "advertising");
        if (clean.All(Alphabet.Contains))
            return (new SmsText(clean, IsUcs2: false), null);
        if (WantsAccents(message.Data))
            return (new SmsText(clean, IsUcs2: true), null);
        var plain = Plain(clean);
        return plain.All(Alphabet.Contains) ? (new SmsText(plain, IsUcs2: false), null) : (null, "encoding");
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark))
        {
            plain.Append(c switch
            {
                'đ' => "d",
                'Đ' => "D",
                '“' or '”' => "\"",
                '‘' or '’' => "'",
                '–' or '—' => "-",
                '…' => "...",
                '\u00A0' or '\u202F' => " ",
                _ => c.ToString(),
            });
        }

        return plain.ToString();
    }

    private static bool WantsAccents(string? data)
    {
        if (data is null)
            return false;
        try
        {
            using var json = JsonDocument.Parse(data);
            return json.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("encoding", out var encoding) && encoding.ValueEquals("ucs2");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
