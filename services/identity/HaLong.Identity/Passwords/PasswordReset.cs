namespace HaLong.Identity.Passwords;

/// <summary>Somebody says that a password was forgotten.</summary>
internal sealed class PasswordReset
{
    public required Guid Id { get; init; }

    /// <summary>Null when the name belongs to nobody: the request goes its way all the same, to nowhere.</summary>
    public Guid? AccountId { get; init; }

    public required Guid ChallengeId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
