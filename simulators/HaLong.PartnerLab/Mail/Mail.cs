using System.Text;
using System.Text.RegularExpressions;

namespace HaLong.PartnerLab.Mail;

/// <summary>A message that arrived, byte for byte.</summary>
internal sealed record Mail(Guid Id, DateTimeOffset ReceivedAt, string From, IReadOnlyList<string> To, byte[] Content)
{
    /// <summary>What the sender wants a report to name (RFC 3461).</summary>
    public string? EnvelopeId { get; init; }

    /// <summary>It came through TLS.</summary>
    public bool WasEncrypted { get; init; }

    public string? Subject => Header("Subject") is { } raw ? MailWords.Decode(raw) : null;

    public string? MessageId => Header("Message-ID")?.Trim('<', '>');

    /// <summary>A header's unfolded value, or null.</summary>
    public string? Header(string name)
    {
        var text = Encoding.UTF8.GetString(Content);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var head = (end < 0 ? text : text[..end]).Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", " ", StringComparison.Ordinal);
        return head.Split("\r\n")
            .FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
    }
}

/// <summary>Encoded words of RFC 2047, enough to show a subject.</summary>
internal static partial class MailWords
{
    public static string Decode(string raw) => Word().Replace(Between().Replace(raw, "?==?"), match =>
    {
        var encoding = Encoding.GetEncoding(match.Groups["charset"].Value);
        var text = match.Groups["text"].Value;
        return encoding.GetString(match.Groups["kind"].Value is "B" or "b" ? Convert.FromBase64String(text) : Quoted(text));
    });

    private static byte[] Quoted(string text)
    {
        var octets = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length)
            {
                octets.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                octets.Add(text[i] == '_' ? (byte)' ' : (byte)text[i]);
            }
        }

        return [.. octets];
    }

    [GeneratedRegex(@"=\?(?<charset>[^?*]+)(\*[^?]*)?\?(?<kind>[BbQq])\?(?<text>[^?]*)\?=")]
    private static partial Regex Word();

    // White space between two encoded words is no part of the text.
    [GeneratedRegex(@"\?=\s+=\?")]
    private static partial Regex Between();
}
