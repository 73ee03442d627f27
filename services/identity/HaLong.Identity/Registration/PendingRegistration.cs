namespace HaLong.Identity.Registration;

/// <summary>A registration that waits for the code. What was filled in is sealed; whether the number has an account is not looked at before the end.</summary>
internal sealed class PendingRegistration
{
    public required Guid Id { get; init; }

    public required byte[] SealedDraft { get; init; }

    public required Guid ChallengeId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>What is known of an account beside what every request needs.</summary>
internal sealed class AccountProfile
{
    public required Guid AccountId { get; init; }

    /// <summary>male, female or null.</summary>
    public string? Sex { get; set; }

    public DateTimeOffset? PhoneConfirmedAt { get; set; }

    public DateTimeOffset? EmailConfirmedAt { get; set; }

    /// <summary>Notices about dossiers also by e-mail.</summary>
    public bool NoticesByEmail { get; set; } = true;

    /// <summary>Notices about dossiers also by SMS.</summary>
    public bool NoticesBySms { get; set; }

    public DateTimeOffset? VerifiedAt { get; set; }
}
