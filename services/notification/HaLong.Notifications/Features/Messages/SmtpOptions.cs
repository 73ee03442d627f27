using System.ComponentModel.DataAnnotations;

namespace HaLong.Notifications.Features.Messages;

internal sealed class SmtpOptions : IValidatableObject
{
    public const string Section = "Smtp";

    /// <summary>Host and port of the mail server, e.g. <c>http://127.0.0.1:2525</c>; the scheme is ignored.</summary>
    [Required]
    public string Url { get; init; } = "";

    /// <summary>Sender, e.g. <c>Hạ Long &lt;khong-tra-loi@halong.vn&gt;</c>.</summary>
    [Required]
    public string From { get; init; } = "";

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.Port <= 0)
            yield return new ValidationResult("Smtp:Url must name a host and a port.", [nameof(Url)]);
        if (!MimeKit.MailboxAddress.TryParse(From, out _))
            yield return new ValidationResult("Smtp:From must be a mailbox.", [nameof(From)]);
    }
}
