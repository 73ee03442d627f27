using MassTransit;

namespace HaLong.Identity.Codes;

/// <summary>A short text of identity to one number or mailbox that need not be on file any more; erased once handed over.</summary>
internal sealed class DirectNotice
{
    public required Guid Id { get; init; }

    /// <summary>sms or email.</summary>
    public required string Channel { get; init; }

    public required byte[] SealedTarget { get; init; }

    public required string Language { get; init; }

    /// <summary>Name of the text at the notification service; see <see cref="NoticeTemplates"/>.</summary>
    public required string Template { get; init; }

    /// <summary>What fills its places, as JSON: codes and times, nothing personal.</summary>
    public required string Values { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Texts that the notification service has for us.</summary>
internal static class NoticeTemplates
{
    /// <summary>Somebody tried to register with your number.</summary>
    public const string RegistrationAttempt = "registration-attempt";

    /// <summary>Your password was changed.</summary>
    public const string PasswordChanged = "password-changed";

    /// <summary>Another number was entered for your account.</summary>
    public const string PhoneChanged = "phone-changed";

    /// <summary>The e-mail address of your account was changed or removed.</summary>
    public const string EmailChanged = "email-changed";

    /// <summary>Your account is verified now.</summary>
    public const string AccountVerified = "account-verified";

    /// <summary>A verification at the counter was undone.</summary>
    public const string VerificationUndone = "verification-undone";

    /// <summary>Somebody else claims an organisation that you represent.</summary>
    public const string OrganisationClaimed = "organisation-claimed";

    /// <summary>The organisation you registered is verified.</summary>
    public const string OrganisationVerified = "organisation-verified";

    /// <summary>The organisation you registered was refused; the reason stands in the account.</summary>
    public const string OrganisationRefused = "organisation-refused";

    /// <summary>You represent an organisation no longer.</summary>
    public const string RepresentativeEnded = "representative-ended";

    /// <summary>Your account is closed.</summary>
    public const string AccountClosed = "account-closed";

    /// <summary>What a helper did for you. Value: reference.</summary>
    public const string AssistedSummary = "assisted-summary";
}

/// <summary>Have a notice handed over. A message of this service to itself.</summary>
/// <param name="NoticeId">Which one.</param>
/// <param name="Attempt">From 1; more after an outage.</param>
[EntityName("halong.identity.send-direct-notice.v1")]
[MessageUrn("halong.identity.send-direct-notice.v1")]
public sealed record SendDirectNotice(Guid NoticeId, int Attempt);
