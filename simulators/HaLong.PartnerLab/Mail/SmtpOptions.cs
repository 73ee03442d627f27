using System.ComponentModel.DataAnnotations;

namespace HaLong.PartnerLab.Mail;

internal sealed class SmtpOptions
{
    public const string Section = "Smtp";

    /// <summary>Environment variable by which the host hands out the port.</summary>
    public const string PortVariable = "SMTP_PORT";

    [Range(1024, 100_000_000)]
    public int MaxMessageBytes { get; init; } = 10 * 1024 * 1024;

    [Range(1, 10_000)]
    public int MaxConnections { get; init; } = 64;

    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Offers STARTTLS, with a certificate that a root of its own issued (GET /mail/root.pem).</summary>
    public bool StartTls { get; init; }

    /// <summary>TLS from the first byte.</summary>
    public bool ImplicitTls { get; init; }

    /// <summary>Takes mail only from who knows this name and password; empty: from anybody.</summary>
    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    /// <summary>Where reports of mail that came back are posted; empty: nowhere.</summary>
    public string ReportsUrl { get; init; } = "";

    /// <summary>Signs them.</summary>
    public string ReportsSecret { get; init; } = "";
}
