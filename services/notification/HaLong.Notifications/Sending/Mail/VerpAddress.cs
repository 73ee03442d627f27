using System.Text.RegularExpressions;
using MimeKit;

namespace HaLong.Notifications.Sending.Mail;

/// <summary>Variable envelope return paths: the sender of each mail's envelope holds the message's key, so what comes back says what it is about.</summary>
internal static partial class VerpAddress
{
    // RFC 5321 §4.5.3.1.1.
    private const int LongestLocalPart = 64;
    private const int IdLength = 32;

    /// <summary>bounce@domain → bounce+key@domain; without the key where that would be too long (a code's id can be anything).</summary>
    public static MailboxAddress Of(MailboxAddress bounces, string key)
    {
        var local = $"{bounces.LocalPart}+{key}";
        return new MailboxAddress("", local.Length <= LongestLocalPart ? $"{local}@{bounces.Domain}" : bounces.Address);
    }

    /// <summary>The key in such an address, or null.</summary>
    public static string? KeyOf(string? address) =>
        MailboxAddress.TryParse(address ?? "", out var mailbox) && mailbox.LocalPart.LastIndexOf('+') is >= 0 and var plus
            ? KeyIn(mailbox.LocalPart[(plus + 1)..])
            : null;

    /// <summary>The key of a message of the queue, in one spelling: its id, and which round it is when it was driven again; null when it is none.</summary>
    public static string? KeyIn(string text) =>
        text.Length >= IdLength && Guid.TryParseExact(text[..IdLength], "N", out var id) && Round().IsMatch(text[IdLength..]) ? id.ToString("N") + text[IdLength..] : null;

    /// <summary>The message of such a key.</summary>
    public static Guid IdOf(string key) => Guid.ParseExact(key[..IdLength], "N");

    [GeneratedRegex("^(-[0-9]{1,6})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Round();
}
