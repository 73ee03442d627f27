using System.ComponentModel.DataAnnotations;
using MimeKit;

namespace HaLong.Notifications.Sending.Mail;

/// <summary>E-mail: who writes, how it is signed, and the servers that carry it. This one is the first; <see cref="Others"/> take over.</summary>
internal sealed class SmtpOptions : SmtpServer, IValidatableObject
{
    public const string Section = "Smtp";

    /// <summary>Sender, e.g. <c>Hạ Long &lt;khong-tra-loi@halong.vn&gt;</c>.</summary>
    [Required]
    public string From { get; init; } = "";

    /// <summary>Where answers of readers go; empty: nowhere but to the sender.</summary>
    public string ReplyTo { get; init; } = "";

    /// <summary>
    /// Mailbox for what comes back, e.g. <c>bounce@bounces.halong.vn</c>: each mail leaves under <c>bounce+&lt;key&gt;@…</c>, so that its return finds it.
    /// Empty: mails come back to the sender, and nobody reads them.
    /// </summary>
    public string Bounces { get; init; } = "";

    /// <summary>Further servers, in order of preference.</summary>
    public SmtpServer[] Others { get; init; } = [];

    public DkimOptions Dkim { get; init; } = new();

    public MailReportOptions Reports { get; init; } = new();

    public IReadOnlyList<SmtpServer> Servers => [this, .. Others];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!HasAddress)
            yield return new ValidationResult("Smtp:Url must name a host and a port.", [nameof(Url)]);
        for (var i = 0; i < Others.Length; i++)
        {
            if (!Others[i].HasAddress)
                yield return new ValidationResult($"Smtp:Others:{i}:Url must name a host and a port.", [nameof(Others)]);
        }

        if (Servers.Any(s => s.RootFile.Length > 0 && !File.Exists(s.RootFile)))
            yield return new ValidationResult("Smtp:RootFile does not exist.", [nameof(RootFile)]);
        if (!MailboxAddress.TryParse(From, out _))
            yield return new ValidationResult("Smtp:From must be a mailbox.", [nameof(From)]);
        if (ReplyTo.Length > 0 && !MailboxAddress.TryParse(ReplyTo, out _))
            yield return new ValidationResult("Smtp:ReplyTo must be a mailbox.", [nameof(ReplyTo)]);
        if (Bounces.Length > 0 && (!MailboxAddress.TryParse(Bounces, out var bounces) || bounces.LocalPart.Contains('+', StringComparison.Ordinal)))
            yield return new ValidationResult("Smtp:Bounces must be a mailbox without a plus sign.", [nameof(Bounces)]);
    }
}

/// <summary>DKIM (RFC 6376): by it receivers know that a mail is ours.</summary>
internal sealed class DkimOptions
{
    /// <summary>The domain that signs: the sender's, or one above it. Empty: the sender's.</summary>
    public string Domain { get; init; } = "";

    /// <summary>Each of them signs every mail. To rotate: publish the new one, add it here, and take the old one away when DNS has forgotten it.</summary>
    public DkimKeyOptions[] Keys { get; init; } = [];

    /// <summary>The mail server signs in our place. Says on purpose what a missing key would say by accident.</summary>
    public bool ByServer { get; init; }
}

/// <summary>One key of DKIM.</summary>
internal sealed class DkimKeyOptions
{
    /// <summary>Its public half is the TXT record <c>&lt;selector&gt;._domainkey.&lt;domain&gt;</c>.</summary>
    public string Selector { get; init; } = "";

    /// <summary>PEM file with the private key: RSA of 2048 bits or more, or Ed25519 (RFC 8463).</summary>
    public string File { get; init; } = "";
}

/// <summary>Where the mail server posts what came back.</summary>
internal sealed class MailReportOptions
{
    /// <summary>Shared with the mail server's pipe; empty: reports are refused.</summary>
    public string Secret { get; init; } = "";

    /// <summary>How far the time stamp of a report may be off.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);
}
