namespace HaLong.Identity.Factors;

/// <summary>An authenticator app that shares a secret with an account. One per account; counts as a factor once confirmed.</summary>
internal sealed class Authenticator
{
    /// <summary>Purpose of the sealing key; see <see cref="Keys.KeyVault"/>.</summary>
    public const string SealPurpose = "authenticators";

    public required Guid AccountId { get; init; }

    /// <summary>The base 32 secret, sealed.</summary>
    public required byte[] Sealed { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When its owner showed that the app works; null while enrolment is not finished.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>The newest time step of which a code was accepted: that one and older ones are refused from then on.</summary>
    public long LastStep { get; init; }
}

/// <summary>A code for the day the phone is lost. Kept as a keyed hash, good once.</summary>
internal sealed class RecoveryCode
{
    public const string HashPurpose = "recovery-codes";

    /// <summary>How many are handed out together.</summary>
    public const int Count = 10;

    public required Guid AccountId { get; init; }

    public required byte[] Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UsedAt { get; init; }
}
