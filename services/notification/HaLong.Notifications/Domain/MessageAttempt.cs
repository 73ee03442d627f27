namespace HaLong.Notifications.Domain;

/// <summary>One attempt to hand a message to a provider, written down before the provider is asked.</summary>
internal sealed class MessageAttempt
{
    public required Guid MessageId { get; init; }

    public required int Number { get; init; }

    public required string Provider { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while it runs, and for ever when the process died meanwhile: then the provider is asked before anything is sent again.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>accepted, refused, later or unknown; where the answer was lost also what its provider said afterwards: lost, notTaken, cannotTell.</summary>
    public string? Outcome { get; private set; }

    public string? Error { get; private set; }

    /// <summary>What became of it is known only now; when it ended is not.</summary>
    public void Resolve(string outcome, string? error = null) => (Outcome, Error) = (outcome, error ?? Error);

    public void End(DateTimeOffset at, string outcome, string? error) => (EndedAt, Outcome, Error) = (at, outcome, error);
}
