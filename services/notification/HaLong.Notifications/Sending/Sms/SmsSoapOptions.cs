using System.ComponentModel.DataAnnotations;

namespace HaLong.Notifications.Sending.Sms;

/// <summary>The city's second SMS provider, of the older kind. Without an address it is never chosen.</summary>
internal sealed class SmsSoapOptions : IValidatableObject
{
    public const string Section = "SmsSoap";

    /// <summary>Where its SOAP service is; the path may be given apart, as <see cref="Path"/>. Carries the password: https, or a private line.</summary>
    public string Url { get; init; } = "";

    /// <summary>What follows the address.</summary>
    public string Path { get; init; } = "";

    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    /// <summary>What it calls us.</summary>
    public string CpCode { get; init; } = "";

    /// <summary>The registered sender name (brandname), its ServiceID.</summary>
    public string Sender { get; init; } = "";

    /// <summary>Its product.</summary>
    public string CommandCode { get; init; } = "bulksms";

    /// <summary>Shorter than the deadline of those who ask us, so that they hear why.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>It makes no second SMS of a repeat with the same RequestID. Not in the older contracts.</summary>
    public bool HonoursRequestId { get; init; }

    /// <summary>It can be asked what became of a RequestID.</summary>
    public bool CanBeAsked { get; init; } = true;

    /// <summary>How often it is looked whether receipts are due to be asked for.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Wait after a receipt was asked for in vain, doubled each time up to <see cref="LongestPollDelay"/>.</summary>
    public TimeSpan PollDelay { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan LongestPollDelay { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Messages in one question.</summary>
    [Range(1, 100)]
    public int PollBatch { get; init; } = 100;

    public bool IsOn => Url.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsOn)
            yield break;
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            yield return new ValidationResult("SmsSoap:Url must be an http(s) address.", [nameof(Url)]);
        if (User.Length == 0 || Password.Length == 0 || CpCode.Length == 0 || CommandCode.Length == 0)
            yield return new ValidationResult("The provider knows us by all of these.", [nameof(User), nameof(Password), nameof(CpCode), nameof(CommandCode)]);
        if (!Brandname.IsValid(Sender))
            yield return new ValidationResult(Brandname.Rule, [nameof(Sender)]);
        if (Timeout <= TimeSpan.Zero || PollInterval <= TimeSpan.Zero || PollDelay <= TimeSpan.Zero || LongestPollDelay < PollDelay)
            yield return new ValidationResult(
                "Times must be longer than nothing.", [nameof(Timeout), nameof(PollInterval), nameof(PollDelay), nameof(LongestPollDelay)]);
    }
}
