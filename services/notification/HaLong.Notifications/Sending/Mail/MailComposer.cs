using HaLong.Notifications.Domain;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Text;

namespace HaLong.Notifications.Sending.Mail;

/// <summary>Writes a message as a mail: text and HTML, headers, signatures, envelope.</summary>
internal sealed class MailComposer
{
    private readonly MailboxAddress from;
    private readonly MailboxAddress? replyTo;
    private readonly MailboxAddress? bounces;
    private readonly DkimSigners signers;
    private readonly TimeProvider clock;

    public MailComposer(IOptions<SmtpOptions> options, TimeProvider clock)
    {
        var settings = options.Value;
        this.clock = clock;
        from = MailboxAddress.Parse(settings.From);
        replyTo = settings.ReplyTo.Length > 0 ? MailboxAddress.Parse(settings.ReplyTo) : null;
        bounces = settings.Bounces.Length > 0 ? MailboxAddress.Parse(settings.Bounces) : null;
        signers = DkimSigners.Load(settings.Dkim, from.Domain);
    }

    /// <summary>The mail, signed; its Message-ID is our key, so that a repeat can be recognised.</summary>
    public ComposedMail Compose(OutgoingMessage message, MailboxAddress to)
    {
        MimeEntity body = new TextPart(TextFormat.Plain) { Text = message.Text };
        if (message.Html is { } html)
        {
            body = new MultipartAlternative(body, new TextPart(TextFormat.Html) { Text = html })
            {
                Headers = { { HeaderId.ContentLanguage, message.Language } },
            };
        }

        var mail = new MimeMessage
        {
            From = { from },
            To = { to },
            Subject = message.Title,
            Date = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), LocalTime.Zone),
            MessageId = $"{message.Key}@{from.Domain}",
            // RFC 3834: no vacation notes, please.
            Headers = { { HeaderId.AutoSubmitted, "auto-generated" } },
            Body = body,
        };
        if (replyTo is not null)
            mail.ReplyTo.Add(replyTo);
        if (message is { Class: NoticeClass.Optional, UnsubscribeUrl: { } unsubscribe })
        {
            // RFC 8058: the mail program's own button; one POST, no questions. The address is signed with the rest.
            mail.Headers.Add(HeaderId.ListUnsubscribe, $"<{unsubscribe}>");
            mail.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }

        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        signers.Sign(mail, format);
        return new ComposedMail(mail, bounces is null ? from : VerpAddress.Of(bounces, message.Key), to, format, message.Key);
    }
}

/// <summary>A mail and its envelope.</summary>
internal sealed record ComposedMail(MimeMessage Mail, MailboxAddress Sender, MailboxAddress To, FormatOptions Format, string Key) : IDisposable
{
    public void Dispose() => Mail.Dispose();
}
