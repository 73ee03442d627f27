using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace HaLong.Notifications.Sending.Push;

/// <summary>
/// What a device is told: <c>{id, title, body, url, lang}</c>. It is shown on a locked screen, so it holds what an SMS may hold. The portal's
/// service worker shows it with <c>tag</c> = id: a repeat replaces itself.
/// </summary>
internal static class PushPayload
{
    private const int LongestTopic = 32;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>UTF-8 JSON that fits into one push message; a body that is too long ends with an ellipsis.</summary>
    public static byte[] Of(OutgoingMessage message, string publicUrl)
    {
        var url = UrlOf(message.Data, publicUrl);
        var whole = Write(message, message.Text, url);
        if (whole.Length <= MessageEncryption.LongestText)
            return whole;

        var (fits, tooMuch) = (0, message.Text.Length);
        while (tooMuch - fits > 1)
        {
            var middle = (fits + tooMuch) / 2;
            if (Write(message, Cut(message.Text, middle), url).Length <= MessageEncryption.LongestText)
                fits = middle;
            else
                tooMuch = middle;
        }

        return Write(message, Cut(message.Text, fits), url);
    }

    /// <summary>RFC 8030 §5.4: a message replaces the one with the same topic that has not reached the device yet.</summary>
    public static string TopicOf(OutgoingMessage message) =>
        WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.UTF8.GetBytes(message.Topic ?? message.Key)))[..LongestTopic];

    private static byte[] Write(OutgoingMessage message, string body, string url) =>
        JsonSerializer.SerializeToUtf8Bytes(new { id = message.Key, title = message.Title, body, url, lang = message.Language }, Json);

    // Not in the middle of a letter with its marks.
    private static string Cut(string text, int length)
    {
        var end = 0;
        while (end < text.Length && end + StringInfo.GetNextTextElementLength(text, end) is var next && next <= length)
            end = next;
        return text[..end].TrimEnd() + "…";
    }

    // Only into the platform itself: a notice that led elsewhere would be what fraudsters wish for.
    private static string UrlOf(string? data, string publicUrl)
    {
        var home = publicUrl.TrimEnd('/') + "/";
        try
        {
            using var json = JsonDocument.Parse(data ?? "{}");
            return json.RootElement is { ValueKind: JsonValueKind.Object } values
                && values.TryGetProperty("url", out var url) && url.ValueKind == JsonValueKind.String
                && url.GetString() is { } text && text.StartsWith(home, StringComparison.Ordinal)
                ? text
                : home;
        }
        catch (JsonException)
        {
            return home;
        }
    }
}
