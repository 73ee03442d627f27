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

    /// <summary>How the owner wants to be told, most wanted first: words of <see cref="Profile.Channels"/>.</summary>
    public string[] Channels { get; set; } = [.. Profile.Channels.Default];

    /// <summary>Since when nothing but what cannot wait comes between the evening and the morning; null: at any hour.</summary>
    public DateTimeOffset? QuietSince { get; set; }

    /// <summary>One of <see cref="Profile.Digests"/>.</summary>
    public string Digest { get; set; } = Profile.Digests.None;

    /// <summary>Since when the owner wants nothing that no law demands: surveys, news, hints; null: they may come.</summary>
    public DateTimeOffset? OptedOutAt { get; set; }

    public DateTimeOffset? VerifiedAt { get; set; }
}
