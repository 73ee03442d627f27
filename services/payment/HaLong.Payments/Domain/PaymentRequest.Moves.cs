using HaLong.ServiceDefaults;

namespace HaLong.Payments.Domain;

/// <summary>What happens to a payment request. Each method is one edge of the graph, or says why it is none.</summary>
internal sealed partial class PaymentRequest
{
    private readonly List<PaymentChange> changes = [];

    /// <summary>The changes of state since the last time, to be told to others.</summary>
    public IReadOnlyList<PaymentChange> TakeChanges()
    {
        var taken = changes.ToList();
        changes.Clear();
        return taken;
    }

    /// <summary>It is asked for from now on.</summary>
    public Result Offer(DateTimeOffset now, TimeSpan lifetime)
    {
        if (!Move(PaymentStep.Offer, now))
            return PaymentErrors.NotNow;
        ExpiresAt = now + lifetime;
        return Result.Success;
    }

    /// <summary>
    /// Settles the request, or tells why the notice does not pay it. The bank's booking time decides about lateness:
    /// a payer must not lose because the notice took its time. Who was taken over by a provider in time is in time.
    /// </summary>
    public MismatchReason? Settle(BankNotice notice, DateTimeOffset now)
    {
        if (State.Next(PaymentStep.Settle) is null)
            return LateReason;
        var attempt = AttemptOf(notice);
        if (attempt is null && notice.BookedAt > ExpiresAt)
            return MismatchReason.Expired;
        if (notice.Bin != Beneficiary.Bin || !string.Equals(notice.Account, Beneficiary.Account, StringComparison.OrdinalIgnoreCase))
            return MismatchReason.WrongAccount;
        if (notice.Amount != Remaining)
            return MismatchReason.WrongAmount;
        Pay(PaymentStep.Settle, notice.Id, now);
        attempt?.End(AttemptState.Paid, now, NumberOf(attempt, notice));
        return null;
    }

    /// <summary>
    /// A provider brought money that does not pay the request: too little, too much, a second time. Its attempt is over, and where the request waited
    /// for it, it is open again; what becomes of the money is a case.
    /// </summary>
    public void Misfit(BankNotice notice, DateTimeOffset now)
    {
        if (AttemptOf(notice) is not { } attempt)
            return;
        var awaited = attempt.State is AttemptState.Open or AttemptState.Unknown;
        attempt.End(AttemptState.Paid, now, NumberOf(attempt, notice));
        if (awaited)
            Move(State == PaymentState.Unknown ? PaymentStep.Clear : PaymentStep.Fail, now);
    }

    /// <summary>An official accepts money that did not fit by itself: it came late, or more came than was due. What is due must be there in full.</summary>
    public Result Accept(Guid noticeId, DateTimeOffset now) => State.Next(PaymentStep.Accept) is null ? PaymentErrors.NotNow : Pay(PaymentStep.Accept, noticeId, now);

    /// <summary>Cash at the counter pays exactly what is due; <see cref="RefusalToPay"/> comes first.</summary>
    public void SettleInCash(DateTimeOffset now) => Pay(PaymentStep.Settle, null, now);

    /// <summary>An official accepts a part; the rest is asked for until then.</summary>
    public Result Hold(long amount, DateTimeOffset until)
    {
        if (State != PaymentState.Pending)
            return PaymentErrors.NotNow;
        if (amount <= 0 || amount >= Remaining)
            return PaymentErrors.NothingHeld;
        (Held, ExpiresAt) = (Held + amount, until > ExpiresAt ? until : ExpiresAt);
        return Result.Success;
    }

    /// <summary>Lets the request lapse; false when it is not pending or not yet due.</summary>
    public bool Expire(DateTimeOffset now)
    {
        if (now < ExpiresAt || !Move(PaymentStep.Expire, now))
            return false;
        ExpiredAt = now;
        return true;
    }

    /// <summary>Nothing is due any more; false when it is too late: what was paid or has lapsed stays so.</summary>
    public bool Cancel(string reason, DateTimeOffset now)
    {
        if (!Move(PaymentStep.Cancel, now))
            return false;
        (CancelledAt, CancelReason) = (now, reason);
        return true;
    }

    /// <summary>The provider says that nothing was paid, or, <paramref name="asked"/> again about what nobody knew, that nothing had been.</summary>
    public bool Fail(PaymentAttempt attempt, bool asked, DateTimeOffset now)
    {
        if (attempt.State is not (AttemptState.Open or AttemptState.Unknown))
            return false;
        attempt.End(AttemptState.Failed, now);
        return Move(State == PaymentState.Unknown && asked ? PaymentStep.Clear : PaymentStep.Fail, now);
    }

    /// <summary>The provider does not say what became of it.</summary>
    public bool Lose(PaymentAttempt attempt, DateTimeOffset now)
    {
        if (attempt.State != AttemptState.Open)
            return false;
        attempt.End(AttemptState.Unknown, now);
        return Move(PaymentStep.Lose, now);
    }

    /// <summary>Money was given back: part of it, or the rest.</summary>
    public Result Refund(long amount, DateTimeOffset now)
    {
        if (State.Next(PaymentStep.Refund) is null)
            return PaymentErrors.NotNow;
        if (amount <= 0 || amount > Refundable)
            return PaymentErrors.TooMuchRefund;
        Move(amount == Refundable ? PaymentStep.Refund : PaymentStep.RefundPart, now);
        Refunded += amount;
        return Result.Success;
    }

    /// <summary>A part that was held is not held any more: the request ended without the rest.</summary>
    public long ReleaseHeld()
    {
        if (State is not (PaymentState.Expired or PaymentState.Cancelled))
            return 0;
        var held = Held;
        Held = 0;
        return held;
    }

    /// <summary>The attempt at a provider that brought the money; nothing for a transfer.</summary>
    private PaymentAttempt? AttemptOf(BankNotice notice) =>
        attempts.Find(a => a.OrderNumber is not null && a.Method == notice.Provider && a.OrderNumber == notice.Remittance);

    /// <summary>The provider's number of the transaction: what follows ours in the id of the event.</summary>
    private static string NumberOf(PaymentAttempt attempt, BankNotice notice) => notice.EventId[Math.Min(notice.EventId.Length, attempt.OrderNumber!.Length + 1)..];

    /// <summary>What money is that comes when the request is no longer open.</summary>
    private MismatchReason LateReason => State switch
    {
        PaymentState.Expired => MismatchReason.Expired,
        PaymentState.Cancelled => MismatchReason.DossierClosed,
        PaymentState.Created => MismatchReason.NotYetDue,
        _ => MismatchReason.AlreadySettled,
    };

    private Result Pay(PaymentStep step, Guid? noticeId, DateTimeOffset now)
    {
        Move(step, now);
        (SettledAt, NoticeId) = (now, noticeId);
        return Result.Success;
    }

    private bool Move(PaymentStep step, DateTimeOffset now)
    {
        if (State.Next(step) is not { } next)
            return false;
        Enter(step, next, now);
        return true;
    }

    private void Enter(PaymentStep? step, PaymentState next, DateTimeOffset now)
    {
        PaymentState? from = Sequence == 0 ? null : State;
        (State, Sequence) = (next, Sequence + 1);
        changes.Add(new PaymentChange(Sequence, from, step, next, now));
    }
}
