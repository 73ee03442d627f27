using HaLong.Notifications.Features.Messages;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Text;

namespace HaLong.Notifications.Direct;

/// <summary>The same texts by e-mail, for those who confirm a mailbox.</summary>
internal sealed class DirectMail(SmtpMailer mailer, IOptions<SmtpOptions> options, TimeProvider clock)
{
    public async Task SendAsync(string id, string address, string language, string text, CancellationToken ct)
    {
        if (!MailboxAddress.TryParse(address, out var to))
            throw new ErrorException(NotificationErrors.NotDeliverable);

        var from = MailboxAddress.Parse(options.Value.From);
        using var mail = new MimeMessage
        {
            From = { from },
            To = { to },
            Subject = language == "en" ? "Ha Long public services" : "Dịch vụ công Hạ Long",
            Date = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), LocalTime.Zone),
            MessageId = $"{id}@{from.Domain}",
            Headers = { { HeaderId.AutoSubmitted, "auto-generated" } },
            Body = new TextPart(TextFormat.Plain) { Text = text },
        };
        var outcome = await mailer.SendAsync(mail, ct);
        if (outcome.Error is not null)
            throw new ErrorException(outcome.IsPermanent ? NotificationErrors.NotDeliverable : NotificationErrors.MailUnavailable);
    }
}
