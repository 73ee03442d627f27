using System.ComponentModel.DataAnnotations;

namespace HaLong.Notifications.Sending.Push;

/// <summary>Web Push. Without keys nobody is offered it; the verb <c>push-keys</c> of this service makes a pair.</summary>
internal sealed class PushOptions : IValidatableObject
{
    public const string Section = "Push";

    /// <summary>Base64url of the public key (65 bytes): browsers subscribe to it. Changing it ends every subscription there is.</summary>
    public string PublicKey { get; init; } = "";

    /// <summary>Base64url of the private key (32 bytes).</summary>
    public string PrivateKey { get; init; } = "";

    /// <summary>Whom a push service turns to when something is wrong with us: <c>mailto:</c> or <c>https:</c> (RFC 8292). Empty: the public address.</summary>
    public string Contact { get; init; } = "";

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a push service keeps a message for a device that is off, when the message itself does not say.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromDays(3);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PublicKey.Length + PrivateKey.Length > 0 && VapidKeys.Parse(PublicKey, PrivateKey) is null)
        {
            yield return new ValidationResult(
                "Push:PublicKey and Push:PrivateKey are no pair of P-256: make one with the verb push-keys.", [nameof(PrivateKey)]);
        }


        if (Contact.Length > 0 && !(Uri.TryCreate(Contact, UriKind.Absolute, out var contact) && contact.Scheme is "mailto" or "https"))
            yield return new ValidationResult("Push:Contact must be a mailto: or https: address.", [nameof(Contact)]);
    }
}
