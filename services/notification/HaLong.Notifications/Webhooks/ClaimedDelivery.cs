namespace HaLong.Notifications.Webhooks;

/// <summary>Where a subscription's requests go and what they carry.</summary>
/// <param name="SubscriptionId">Whose.</param>
/// <param name="Owner">The OAuth client.</param>
/// <param name="Url">Where to.</param>
/// <param name="SealedSecrets">Each signs it, once opened; newest first.</param>
/// <param name="SealedHeaders">Headers of the partner's own.</param>
internal sealed record WebhookTarget(Guid SubscriptionId, string Owner, string Url, IReadOnlyList<byte[]> SealedSecrets, byte[]? SealedHeaders = null);

/// <summary>A delivery that this process may attempt now, alone.</summary>
/// <param name="Id">The delivery.</param>
/// <param name="Attempt">Number of this attempt; also the proof that the claim is still ours.</param>
/// <param name="Round">Number of this attempt since it was replayed last: where the schedule is.</param>
/// <param name="Target">To whom.</param>
/// <param name="EventId">What.</param>
/// <param name="Envelope">The CloudEvent as JSON.</param>
/// <param name="TraceParent">Trace of the fact.</param>
/// <param name="OccurredAt">When the fact happened, or got its place in the log where that is not known.</param>
/// <param name="ReleasedAt">When it got its place in the log.</param>
internal sealed record ClaimedDelivery(
    long Id, int Attempt, int Round, WebhookTarget Target, Guid EventId, string Envelope, string? TraceParent, DateTimeOffset OccurredAt,
    DateTimeOffset ReleasedAt)
{
    public Guid SubscriptionId => Target.SubscriptionId;
}

/// <summary>How an attempt went: a status, or an error when there was no answer.</summary>
internal sealed record AttemptResult(DateTimeOffset At, TimeSpan Took, int? Status, string? Error)
{
    public bool IsDelivered => Status is >= 200 and < 300;

    /// <summary>The receiver wants nothing any more.</summary>
    public bool IsGone => Status == StatusCodes.Status410Gone;

    /// <summary>When the receiver wants it again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public int Signatures { get; init; }

    public IReadOnlyList<string> HeaderNames { get; init; } = [];

    public TimeSpan? Dns { get; init; }

    public TimeSpan? Connect { get; init; }

    /// <summary>Beginning of the answer, where it was asked for; never kept.</summary>
    public string? Answer { get; init; }
}
