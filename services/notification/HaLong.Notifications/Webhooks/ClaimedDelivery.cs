namespace HaLong.Notifications.Webhooks;

/// <summary>A delivery that this process may attempt now, alone.</summary>
/// <param name="Id">The delivery.</param>
/// <param name="Attempt">Number of this attempt; also the proof that the claim is still ours.</param>
/// <param name="SubscriptionId">To whom.</param>
/// <param name="Url">Where to.</param>
/// <param name="SealedSecret">Signs it, once opened.</param>
/// <param name="EventId">What.</param>
/// <param name="Envelope">The CloudEvent as JSON.</param>
/// <param name="TraceParent">Trace of the fact.</param>
/// <param name="ReleasedAt">When it got its place in the log.</param>
internal sealed record ClaimedDelivery(
    long Id, int Attempt, Guid SubscriptionId, string Url, byte[] SealedSecret, Guid EventId, string Envelope, string? TraceParent, DateTimeOffset ReleasedAt);

/// <summary>How an attempt went: a status, or an error when there was no answer.</summary>
internal sealed record AttemptResult(DateTimeOffset At, TimeSpan Took, int? Status, string? Error)
{
    public bool IsDelivered => Status is >= 200 and < 300;
}
