namespace HaLong.Notifications.Domain;

/// <summary>A key that signs deliveries. Several may be valid at once, so that a partner can change them without losing one.</summary>
internal sealed class SubscriptionSecret
{
    public const int Most = 3;

    public required Guid Id { get; init; }

    public required Guid SubscriptionId { get; init; }

    /// <summary>Sealed by <see cref="Webhooks.SecretVault"/>.</summary>
    public required byte[] Sealed { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Signs no more from then on; null = until it is taken away.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>Idempotency key of the request that made it.</summary>
    public string? CreationKey { get; init; }

    public bool SignsAt(DateTimeOffset now) => ExpiresAt is null || ExpiresAt > now;

    /// <summary>An end once set is only ever brought forward.</summary>
    public void EndAt(DateTimeOffset at) => ExpiresAt = ExpiresAt < at ? ExpiresAt : at;
}

/// <summary>How it goes with a subscription's address. Apart from the subscription, so that a busy one is no new revision with every failure.</summary>
internal sealed class SubscriptionHealth
{
    public required Guid SubscriptionId { get; init; }

    /// <summary>Failed attempts since the last one that got through.</summary>
    public int Failures { get; private set; }

    public DateTimeOffset? FailingSince { get; private set; }

    /// <summary>When the address gets a validation event next; null = not at all.</summary>
    public DateTimeOffset? ProbeDueAt { get; private set; }

    /// <summary>Validation events so far; also the proof that a claim is still ours.</summary>
    public int Probes { get; private set; }

    /// <summary>Why the last one did not prove anything.</summary>
    public string? ProbeError { get; private set; }

    public void ProbeAt(DateTimeOffset? due) => ProbeDueAt = due;

    /// <summary>A first validation event, of a new row of tries.</summary>
    public void Begin(DateTimeOffset due) => (ProbeDueAt, Probes, ProbeError) = (due, 0, null);

    public void Fail(string error, DateTimeOffset? next) => (ProbeError, ProbeDueAt) = (error, next);

    public void Heal() => (Failures, FailingSince, ProbeDueAt, ProbeError) = (0, null, null, null);
}

/// <summary>What happened to a subscription, for its owner. Insert-only.</summary>
internal sealed class SubscriptionChange
{
    public long Id { get; private set; }

    public required Guid SubscriptionId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>A word, e.g. created, urlChanged, paused, failing.</summary>
    public required string What { get; init; }

    public string? Reason { get; init; }

    /// <summary>partner or platform.</summary>
    public required string By { get; init; }
}
