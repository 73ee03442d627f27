using System.ComponentModel.DataAnnotations;

namespace HaLong.Notifications.Sending.Mail;

/// <summary>How a connection to a mail server is protected.</summary>
internal enum MailTls
{
    /// <summary>STARTTLS or nothing is sent (RFC 3207).</summary>
    Require,

    /// <summary>STARTTLS when the server offers it: for development only, since who sits between can hide the offer.</summary>
    WhenAvailable,

    /// <summary>TLS from the first byte (RFC 8314, port 465).</summary>
    Implicit,
}

/// <summary>One mail server that carries our mail.</summary>
internal class SmtpServer
{
    /// <summary>Host and port, e.g. <c>http://127.0.0.1:2525</c>; the scheme is ignored.</summary>
    [Required]
    public string Url { get; init; } = "";

    /// <summary>Default: required, in development when available.</summary>
    public MailTls? Tls { get; init; }

    /// <summary>PEM file of a root that is trusted beside the machine's own, for a mail server with a certificate of the house.</summary>
    public string RootFile { get; init; } = "";

    /// <summary>Empty: the server knows us by our address.</summary>
    public string User { get; init; } = "";

    /// <summary>Never sent over a connection without TLS.</summary>
    public string Password { get; init; } = "";

    /// <summary>For one mail, connection included; shorter than the claim of a message (<c>Sending:ClaimFor</c>).</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Connections that are kept open between mails; under load more are opened and closed again.</summary>
    [Range(0, 100)]
    public int KeepOpen { get; init; } = 8;

    /// <summary>An idle connection is closed after this; shorter than the server's own patience (RFC 5321 asks for five minutes).</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromSeconds(60);

    public Uri Address => new(Url);

    public bool HasAddress => Uri.TryCreate(Url, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && uri.Port > 0;
}
