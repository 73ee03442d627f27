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
}
