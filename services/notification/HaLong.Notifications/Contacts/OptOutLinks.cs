using System.Net;
using System.Security.Cryptography;
using System.Text;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Planning;
using HaLong.Notifications.Webhooks;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Contacts;

/// <summary>
/// Links by which a reader says, without signing in, that optional messages are not wanted. The token holds the account's id and a code that
/// only this service can make; it never runs out, because old letters are read too, and all it can do is to end optional messages.
/// </summary>
internal sealed class OptOutLinks(IOptions<WebhookOptions> secret, IOptions<PlatformOptions> platform)
{
    private const int IdBytes = 16;
    private const int CodeBytes = 16;
    private const string Path = "/api/v1/notices/unsubscribe/";

    private readonly Lazy<byte[]> key = new(() => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret.Value.KeyPassword), 32, info: "halong.opt-out.v1"u8.ToArray()));

    /// <summary>For the letter, and for its List-Unsubscribe header (RFC 8058).</summary>
    public string UrlFor(Guid account) => platform.Value.PublicUrl + Path + TokenFor(account);

    /// <summary>The same for a message; null for one that its reader cannot opt out of.</summary>
    public string? UrlFor(Message message) => message.Class == NoticeClass.Optional ? UrlFor(message.RecipientId) : null;

    public string TokenFor(Guid account)
    {
        var token = new byte[IdBytes + CodeBytes];
        account.TryWriteBytes(token);
        CodeOf(token.AsSpan(0, IdBytes)).CopyTo(token.AsSpan(IdBytes));
        return WebEncoders.Base64UrlEncode(token);
    }

    /// <summary>Whose; null when the token is not ours.</summary>
    public Guid? AccountOf(string token)
    {
        byte[] bytes;
        try
        {
            bytes = WebEncoders.Base64UrlDecode(token);
        }
        catch (FormatException)
        {
            return null;
        }

        var isOurs = bytes.Length == IdBytes + CodeBytes && CryptographicOperations.FixedTimeEquals(CodeOf(bytes.AsSpan(0, IdBytes)), bytes.AsSpan(IdBytes));
        return isOurs ? new Guid(bytes.AsSpan(0, IdBytes)) : null;
    }

    /// <summary>The letter with the way out at its end.</summary>
    public ChannelText AddTo(ChannelText letter, string language, Guid account)
    {
        var url = UrlFor(account);
        var words = language == "en" ? "Do not send me messages like this any more" : "Không nhận những tin như thế này nữa";
        var html = letter.Html is { } text && text.LastIndexOf("</body>", StringComparison.OrdinalIgnoreCase) is > 0 and var end
            ? text.Insert(end, $"<p><a href=\"{WebUtility.HtmlEncode(url)}\">{WebUtility.HtmlEncode(words)}</a></p>\n")
            : letter.Html;
        return letter with { Body = $"{letter.Body}\n\n{words}: {url}\n", Html = html };
    }

    private byte[] CodeOf(ReadOnlySpan<byte> id) => HMACSHA256.HashData(key.Value, id)[..CodeBytes];
}
