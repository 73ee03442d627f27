using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using HaLong.Notifications.Domain;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace HaLong.Notifications.Sending.Mail;

/// <summary>Hands e-mails to one mail server. Up to the text of a mail a fault is "not taken"; after it, "perhaps".</summary>
internal sealed class SmtpProvider : IMessageProvider, IDisposable
{
    public const string ProviderName = "smtp";

    private readonly SmtpServer server;
    private readonly SmtpPool pool;
    private readonly MailComposer composer;

    /// <param name="name">smtp, smtp-2, …</param>
    /// <param name="server">Where it is.</param>
    /// <param name="composer">Writes the mails.</param>
    /// <param name="metrics">Of connections.</param>
    /// <param name="environment">Decides whether a connection without TLS is allowed where nothing is said.</param>
    /// <param name="clock">The time.</param>
    public SmtpProvider(string name, SmtpServer server, MailComposer composer, MailMetrics metrics, IHostEnvironment environment, TimeProvider clock)
    {
        (Name, this.server, this.composer) = (name, server, composer);
        pool = new SmtpPool(server, server.Tls ?? (environment.IsDevelopment() ? MailTls.WhenAvailable : MailTls.Require), metrics, clock);
    }

    public string Name { get; }

    public MessageChannel Channel => MessageChannel.Email;

    public bool IsOn => true;

    /// <summary>The name of the server in that place.</summary>
    public static string NameOf(int place) => place == 0 ? ProviderName : string.Create(CultureInfo.InvariantCulture, $"{ProviderName}-{place + 1}");

    public async Task<ProviderAnswer> SendAsync(OutgoingMessage message, CancellationToken ct)
    {
        if (!MailboxAddress.TryParse(message.Address, out var to) || to.Domain.Length == 0)
            return new ProviderAnswer.Refused("The address is not a mailbox.", BadAddress: true);

        using var activity = NotificationMetrics.Source.StartActivity("send mail", ActivityKind.Client);
        activity?.SetTag("halong.provider", Name);
        using var mail = composer.Compose(message, to);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(server.Timeout);
        SmtpConnection? connection = null;
        try
        {
            connection = await pool.TakeAsync(limit.Token);
            await connection.SendAsync(mail, limit.Token);
            Return(ref connection);
            return new ProviderAnswer.Accepted(mail.Mail.MessageId);
        }
        catch (SmtpCommandException e)
        {
            Return(ref connection);
            return AnswerOf(e);
        }
        catch (Exception e) when (Reason(e, ct) is { } reason)
        {
            activity?.SetStatus(ActivityStatusCode.Error, reason);
            return connection?.HasBegun == true ? new ProviderAnswer.Unknown(reason) : new ProviderAnswer.Later(reason);
        }
        finally
        {
            connection?.Dispose();
        }
    }

    // A mail server cannot be asked about a mail it was given.
    public Task<ProviderReport> FindAsync(string key, DateTimeOffset sentSince, CancellationToken ct) => Task.FromResult<ProviderReport>(new ProviderReport.CannotTell());

    public void Dispose() => pool.Dispose();

    private void Return(ref SmtpConnection? connection)
    {
        if (connection is not null)
            pool.Give(connection);
        connection = null;
    }

    /// <summary>What the server said in numbers: 4xx is later, 5xx never, unless what it refuses is us and not the mail.</summary>
    private static ProviderAnswer AnswerOf(SmtpCommandException e)
    {
        var status = (int)e.StatusCode;
        var reason = string.Create(CultureInfo.InvariantCulture, $"The mail server answered {status}.");
        if (status < 500 || e.ErrorCode == SmtpErrorCode.SenderNotAccepted)
            return new ProviderAnswer.Later(reason);
        return new ProviderAnswer.Refused(
            reason, EnhancedStatus.Find(e.Message)?.IsBadAddress ?? (e.ErrorCode == SmtpErrorCode.RecipientNotAccepted && status is 550 or 551 or 553));
    }

    private static string? Reason(Exception e, CancellationToken ct) => e switch
    {
        OperationCanceledException => ct.IsCancellationRequested ? null : "The mail server did not answer in time.",
        TimeoutException => "The mail server did not answer in time.",
        AuthenticationException or ServiceNotAuthenticatedException => "The mail server does not know us.",
        SslHandshakeException => "The mail server's certificate does not hold.",
        NotSupportedException => "The mail server does not offer STARTTLS.",
        ProtocolException or CommandException or IOException or SocketException or ServiceNotConnectedException =>
            $"The mail server cannot be reached ({e.GetType().Name}).",
        _ => null,
    };
}
