using System.ComponentModel.DataAnnotations;

namespace HaLong.Notifications.Sending.Sms;

/// <summary>The city's first SMS provider, the one that speaks JSON. Without an address it is never chosen.</summary>
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
    public string Sender { get; init; } = "";

    /// <summary>Shorter than the deadline of those who ask us, so that they hear why.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>The provider makes no second SMS of a repeat with the same <c>Idempotency-Key</c>: in its contract.</summary>
    public bool HonoursKey { get; init; } = true;

    /// <summary>Key of the signature of receipts; empty: none is believed.</summary>
    public string HookSecret { get; init; } = "";

    /// <summary>How far the time of a receipt's signature may be from ours.</summary>
    public TimeSpan HookWindow { get; init; } = TimeSpan.FromMinutes(5);

    public bool IsOn => Url.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsOn)
            yield break;
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            yield return new ValidationResult("Sms:Url must be an http(s) address.", [nameof(Url)]);
        if (ApiKey.Length == 0)
            yield return new ValidationResult("Sms:ApiKey is missing: the provider knows us by it.", [nameof(ApiKey)]);
        if (!Brandname.IsValid(Sender))
            yield return new ValidationResult(Brandname.Rule, [nameof(Sender)]);
        if (Timeout <= TimeSpan.Zero || HookWindow <= TimeSpan.Zero)
            yield return new ValidationResult("Times must be longer than nothing.", [nameof(Timeout), nameof(HookWindow)]);
        if (HookSecret.Length is > 0 and < 16)
            yield return new ValidationResult("Sms:HookSecret has at least 16 characters.", [nameof(HookSecret)]);
    }
}
