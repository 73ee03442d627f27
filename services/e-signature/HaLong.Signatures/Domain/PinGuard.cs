using HaLong.ServiceDefaults;

namespace HaLong.Signatures.Domain;

/// <summary>
/// Counts wrong PINs of a credential. The wait doubles from one second on; after ten the credential is locked, and only a new key helps. Kept
/// apart from the credential, whose revision a wrong PIN must not change; in the database, so that it counts for all replicas together.
/// </summary>
internal sealed class PinGuard
{
    public const int MaxFailures = 10;

    public Guid CredentialId { get; init; }

    public int Failures { get; private set; }

    public DateTimeOffset? NextTryAt { get; private set; }

    public bool IsLocked => Failures >= MaxFailures;

    /// <summary>Why no PIN is looked at now, right or wrong; null when one is.</summary>
    public Error? WhyNot(DateTimeOffset now) =>
        IsLocked ? ActivationErrors.PinLocked
        : NextTryAt is { } next && next > now ? ActivationErrors.PinTooSoon with { RetryAfterSeconds = Seconds(next - now) }
        : null;

    /// <summary>Counts a wrong one, and says what comes next.</summary>
    public Error Wrong(DateTimeOffset now)
    {
        Failures++;
        var wait = TimeSpan.FromSeconds(Math.Pow(2, Failures - 1));
        NextTryAt = now + wait;
        return IsLocked ? ActivationErrors.PinLocked
            : ActivationErrors.PinWrong.Format(MaxFailures - Failures) with { RetryAfterSeconds = Seconds(wait) };
    }

    public void Right() => (Failures, NextTryAt) = (0, null);

    private static int Seconds(TimeSpan wait) => (int)Math.Ceiling(wait.TotalSeconds);
}
