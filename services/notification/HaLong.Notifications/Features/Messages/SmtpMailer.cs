using System.Net.Sockets;
using HaLong.Notifications.Domain;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Text;

namespace HaLong.Notifications.Features.Messages;

/// <summary>What the mail server said.</summary>
/// <param name="Error">Null when it took the message.</param>
/// <param name="IsPermanent">Trying again cannot help.</param>
internal sealed record MailOutcome(string? Error, bool IsPermanent)
{
    public static readonly MailOutcome Taken = new(null, false);
}

/// <summary>Hands an e-mail to the mail server. The Message-ID is our own id: a repeat after a crash can be recognised.</summary>
internal sealed class SmtpMailer(IOptions<SmtpOptions> options, TimeProvider clock)
{
    public async Task<MailOutcome> SendAsync(Message message, string address, CancellationToken ct)
    {
        if (!MailboxAddress.TryParse(address, out var to))
            return new MailOutcome("The address is not a mailbox.", IsPermanent: true);

        using var mail = Compose(message, to);
        return await SendAsync(mail, ct);
    }

    public async Task<MailOutcome> SendAsync(MimeMessage mail, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.Value.Timeout);
        try
        {
            using var client = new SmtpClient { Timeout = (int)options.Value.Timeout.TotalMilliseconds };
            var server = new Uri(options.Value.Url);
            await client.ConnectAsync(server.Host, server.Port, SecureSocketOptions.StartTlsWhenAvailable, limit.Token);
            await client.SendAsync(mail, limit.Token);
            await client.DisconnectAsync(quit: true, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return MailOutcome.Taken;
        }
        catch (SmtpCommandException e)
        {
            return new MailOutcome($"The mail server answered {(int)e.StatusCode}.", IsPermanent: (int)e.StatusCode >= 500);
        }
        catch (Exception e) when (e is ProtocolException or IOException or SocketException or SslHandshakeException or AuthenticationException or ServiceNotConnectedException)
        {
            return new MailOutcome($"The mail server cannot be reached ({e.GetType().Name}).", IsPermanent: false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new MailOutcome("The mail server did not answer in time.", IsPermanent: false);
        }
    }

    private MimeMessage Compose(Message message, MailboxAddress to)
    {
        var from = MailboxAddress.Parse(options.Value.From);
        return new MimeMessage
        {
            From = { from },
            To = { to },
            Subject = message.Title,
            Date = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), ServiceDefaults.LocalTime.Zone),
            MessageId = $"{message.Id:N}@{from.Domain}",
            Headers = { { HeaderId.AutoSubmitted, "auto-generated" } },
            Body = new MultipartAlternative(
                new TextPart(TextFormat.Plain) { Text = message.Body }, new TextPart(TextFormat.Html) { Text = message.Html ?? "" })
            {
                Headers = { { HeaderId.ContentLanguage, message.Language } },
            },
        };
    }
}
