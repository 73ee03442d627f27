namespace HaLong.Payments.Domain;

/// <summary>How far a notice has come.</summary>
internal enum NoticeState
{
    /// <summary>Stored, not yet looked at.</summary>
    Received,

    /// <summary>Paid a request.</summary>
    Settled,

    /// <summary>Paid nothing: waits for a person.</summary>
    Mismatched,
}

/// <summary>Why a notice paid nothing.</summary>
internal enum MismatchReason
{
    UnknownReference,
    AmbiguousReference,
    WrongAmount,
    WrongAccount,
    AlreadySettled,
    Expired,
    AlteredNotice,

    /// <summary>The dossier was closed and the request with it.</summary>
    DossierClosed,

    /// <summary>Money came for what is not asked for yet.</summary>
    NotYetDue,

    /// <summary>The bank did not tell us; its statement shows it.</summary>
    NotTold,
}

/// <summary>What we made of a bank notice; the notice itself stays as it came.</summary>
internal sealed class NoticeHandling
{
    private NoticeHandling()
    {
    }

    public Guid NoticeId { get; private init; }

    public NoticeState State { get; private set; }

    public MismatchReason? Reason { get; private set; }

    /// <summary>The request that the notice names, also when it could not be settled.</summary>
    public Guid? PaymentId { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>When the watchdog looks at it again, should it still be undecided then.</summary>
    public DateTimeOffset? WatchedAt { get; private set; }

    public static NoticeHandling Received(Guid noticeId, DateTimeOffset now, TimeSpan patience) =>
        new() { NoticeId = noticeId, State = NoticeState.Received, WatchedAt = now + patience };

    public static NoticeHandling Altered(Guid noticeId, DateTimeOffset now) =>
        new() { NoticeId = noticeId, State = NoticeState.Mismatched, Reason = MismatchReason.AlteredNotice, DecidedAt = now };

    /// <summary>Only a statement shows it: waits for a person from the beginning.</summary>
    public static NoticeHandling Untold(Guid noticeId, Guid? paymentId, DateTimeOffset now) =>
        new() { NoticeId = noticeId, State = NoticeState.Mismatched, Reason = MismatchReason.NotTold, PaymentId = paymentId, DecidedAt = now };

    /// <summary>Only a statement shows it, and it is cash that was brought to the bank.</summary>
    public static NoticeHandling OfDeposit(Guid noticeId, DateTimeOffset now) => new() { NoticeId = noticeId, State = NoticeState.Settled, DecidedAt = now };

    public void Settle(Guid paymentId, DateTimeOffset now) => Decide(NoticeState.Settled, null, paymentId, now);

    /// <summary>It told of cash that was brought to the bank, not of a request.</summary>
    public void Deposited(DateTimeOffset now) => Decide(NoticeState.Settled, null, null, now);

    public void Mismatch(MismatchReason reason, Guid? paymentId, DateTimeOffset now) => Decide(NoticeState.Mismatched, reason, paymentId, now);

    private void Decide(NoticeState state, MismatchReason? reason, Guid? paymentId, DateTimeOffset now)
    {
        if (State != NoticeState.Received)
            throw new InvalidOperationException($"Notice {NoticeId} is already {State}.");
        (State, Reason, PaymentId, DecidedAt, WatchedAt) = (state, reason, paymentId, now, null);
    }
}
