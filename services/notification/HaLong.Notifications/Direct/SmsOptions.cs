using System.ComponentModel.DataAnnotations;

namespace HaLong.Notifications.Direct;

/// <summary>The city's SMS provider. Without an address nothing is sent and every request says so.</summary>
internal sealed class SmsOptions : IValidatableObject
{
    public const string Section = "Sms";

    /// <summary>Where the provider takes messages, e.g. <c>https://sms.example/messages</c>; the path may be given apart, as <see cref="Path"/>.</summary>
    public string Url { get; init; } = "";

    /// <summary>What follows the address.</summary>
    public string Path { get; init; } = "";

    /// <summary>What the provider knows us by.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>The registered sender name (brandname) that telephones show.</summary>
    [MaxLength(11)]
    public string Sender { get; init; } = "";

    /// <summary>Shorter than the deadline of those who ask us, so that they hear why.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(4);

    public bool IsOn => Url.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsOn)
            yield break;
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            yield return new ValidationResult("Sms:Url must be an http(s) address.", [nameof(Url)]);
        if (ApiKey.Length == 0)
            yield return new ValidationResult("Sms:ApiKey is missing: the provider knows us by it.", [nameof(ApiKey)]);
        if (Sender.Length == 0)
            yield return new ValidationResult("Sms:Sender is missing: the registered sender name.", [nameof(Sender)]);
    }
}
