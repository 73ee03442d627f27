using System.Globalization;
using MimeKit;

namespace HaLong.Notifications.Sending.Mail;

internal enum MailReportKind
{
    /// <summary>Given up on its way.</summary>
    Failed,

    /// <summary>Still on its way; another report follows when it is given up.</summary>
    Delayed,

    /// <summary>In the mailbox.</summary>
    Delivered,

    /// <summary>The reader called it unwanted.</summary>
    Complained,
}

/// <summary>What a mail system reports about a mail of ours: a delivery status (RFC 3464) or a complaint (RFC 5965).</summary>
/// <param name="Key">Our key of the mail.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Status">In numbers, where given.</param>
internal sealed record MailReport(string Key, MailReportKind Kind, EnhancedStatus? Status)
{
    private static readonly ParserOptions Careful = new() { MaxMimeDepth = 16 };

    /// <summary>A short word for the row; never the server's own, which may hold an address.</summary>
    public string Reason => Kind == MailReportKind.Complained ? "called unwanted"
        : Status is { } status ? string.Create(CultureInfo.InvariantCulture, $"{status.Word} ({status})")
        : "undelivered";

    /// <summary>Null when it is no report, or about no mail of ours: holiday notes and answers come the same way.</summary>
    public static MailReport? Read(byte[] raw)
    {
        try
        {
            using var stream = new MemoryStream(raw);
            using var mail = new MimeParser(Careful, stream).ParseMessage();
            return mail.Body is Multipart { ContentType: var type } report && type.IsMimeType("multipart", "report") ? Read(mail, report) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static MailReport? Read(MimeMessage mail, Multipart report)
    {
        if (report.OfType<MessageDeliveryStatus>().FirstOrDefault() is { } delivery)
        {
            // The first group is about the mail, the others are about its receivers: ours have one.
            var groups = delivery.StatusGroups;
            var receiver = groups.FirstOrDefault(g => g.Contains("Action"));
            return KeyOf(mail, report, groups.FirstOrDefault()?["Original-Envelope-Id"]) is { } key && KindOf(receiver?["Action"]) is { } kind
                ? new MailReport(key, kind, EnhancedStatus.Find(receiver?["Status"]) ?? EnhancedStatus.Find(receiver?["Diagnostic-Code"]))
                : null;
        }

        // "not-spam" takes a complaint back, "auth-failure" (RFC 6591) is about forgers: neither is a complaint.
        return report.OfType<MessageFeedbackReport>().FirstOrDefault() is { } feedback
            && feedback.Fields["Feedback-Type"]?.Trim().ToLowerInvariant() is "abuse" or "fraud" or "opt-out" or "opt-out-list" or "other" or "virus"
            && KeyOf(mail, report, VerpAddress.KeyOf(feedback.Fields["Original-Mail-From"])) is { } about
                ? new MailReport(about, MailReportKind.Complained, null)
                : null;
    }

    private static MailReportKind? KindOf(string? action) => action?.Trim().ToLowerInvariant() switch
    {
        "failed" => MailReportKind.Failed,
        "delayed" => MailReportKind.Delayed,
        "delivered" => MailReportKind.Delivered,
        // Passed on to where nothing more is told: no more than we know already.
        _ => null,
    };

    /// <summary>Where the key stands: what the report itself says, whom it is addressed to, or the Message-ID of the mail that it brings back.</summary>
    private static string? KeyOf(MimeMessage mail, Multipart report, string? told) =>
        VerpAddress.KeyIn(told?.Trim() ?? "")
        ?? mail.To.Mailboxes.Select(m => VerpAddress.KeyOf(m.Address)).FirstOrDefault(k => k is not null)
        ?? new[] { "Delivered-To", "X-Original-To", "Envelope-To" }.Select(name => VerpAddress.KeyOf(mail.Headers[name])).FirstOrDefault(k => k is not null)
        ?? KeyInOriginal(report);

    private static string? KeyInOriginal(Multipart report)
    {
        foreach (var part in report)
        {
            var id = part switch
            {
                MessagePart { Message: { } original } => original.MessageId,
                MimePart { Content: { } content } headers when headers.ContentType.IsMimeType("text", "rfc822-headers") => MessageIdIn(content),
                _ => null,
            };
            if (id is not null && VerpAddress.KeyIn(id.Split('@')[0]) is { } key)
                return key;
        }

        return null;
    }

    private static string? MessageIdIn(IMimeContent content)
    {
        using var stream = content.Open();
        return HeaderList.Load(Careful, stream)[HeaderId.MessageId]?.Trim().TrimStart('<').TrimEnd('>');
    }
}
