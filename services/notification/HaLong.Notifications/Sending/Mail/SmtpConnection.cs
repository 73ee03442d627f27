using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace HaLong.Notifications.Sending.Mail;

/// <summary>A connection to one mail server; knows how far the mail that it carries has come.</summary>
internal sealed class SmtpConnection : SmtpClient, ITransferProgress
{
    private string key = "";

    /// <summary>The text of the mail is on its way: what the server makes of it is not known until it says so.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Connects as its settings say; throws as MailKit does.</summary>
    public static async Task<SmtpConnection> OpenAsync(SmtpServer server, MailTls tls, CancellationToken ct)
    {
        var connection = new SmtpConnection
        {
            // The one server that we were told to trust: mail must not stop because the revocation list of its authority cannot be reached.
            CheckCertificateRevocation = false,
            DeliveryStatusNotificationType = DeliveryStatusNotificationType.HeadersOnly,
        };
        try
        {
            if (server.RootFile.Length > 0)
                connection.ServerCertificateValidationCallback = (_, certificate, _, errors) => IsTrusted(server.RootFile, certificate, errors);
            await connection.ConnectAsync(await DialAsync(server.Address, ct), server.Address.IdnHost, server.Address.Port, tls switch
            {
                MailTls.Implicit => SecureSocketOptions.SslOnConnect,
                MailTls.WhenAvailable => SecureSocketOptions.StartTlsWhenAvailable,
                _ => SecureSocketOptions.StartTls,
            }, ct);
            if (server.User.Length == 0)
                return connection;
            if (!connection.IsSecure)
                throw new AuthenticationException("The connection is not encrypted; the password is not sent.");
            await connection.AuthenticateAsync(server.User, server.Password, ct);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public async Task SendAsync(ComposedMail mail, CancellationToken ct)
    {
        (key, HasBegun) = (mail.Key, false);
        await SendAsync(mail.Format, mail.Mail, mail.Sender, [mail.To], ct, this);
    }

    void ITransferProgress.Report(long bytesTransferred, long totalSize) => HasBegun = true;

    void ITransferProgress.Report(long bytesTransferred) => HasBegun = true;

    // RFC 3461, where the server can: tell us of failure, and by which key.
    protected override string GetEnvelopeId(MimeMessage message) => key;

    protected override DeliveryStatusNotification? GetDeliveryStatusNotifications(MimeMessage message, MailboxAddress mailbox) =>
        DeliveryStatusNotification.Failure;

    // SMTP is small talk: held back until the other side has acknowledged, each mail would cost some 90 ms more.
    private static async Task<Socket> DialAsync(Uri server, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server.IdnHost, server.Port, ct);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Trusted by the machine, or issued for this name by the root that was given.</summary>
    private static bool IsTrusted(string rootFile, X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 shown)
            return errors == SslPolicyErrors.None;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(rootFile);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(shown);
    }
}
