using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

/// <summary>What falls due in the course of handling.</summary>
internal sealed record FeeAsk(List<FeeItem> Fees, string Reason, string? LegalBasis, DateTimeOffset Deadline)
{
    /// <summary>What payment quotes them from, when they are fees of the procedure and not so many đồng that an official demands.</summary>
    public FeeBasis? Basis { get; init; }
}

// Fees of the filing run beside the states; a demand during handling stops the clock until it is paid. Messages come in any order.
internal sealed partial class Dossier
{
    /// <summary>How many demands there were.</summary>
    public int Demands { get; private set; }

    /// <summary>How many are not paid and not lapsed.</summary>
    public int OpenDemands { get; private set; }

    /// <summary>Đồng paid so far, at filing and later.</summary>
    public long PaidAmount { get; private set; }

    /// <summary>
    /// How: one of <see cref="Statistics.Facts.PaidBy"/>. Null while nothing is paid, and where it was not noted; with several payments the first that was not cash.
    /// </summary>
    public string? PaidBy { get; private set; }

    public Result<FeeDemand> RequireFee(Actor actor, FeeAsk ask, DateTimeOffset now)
    {
        if (Refusal(Moves.RequireFee, actor) is { } refusal)
            return refusal;
        var coversFiling = ask.Fees.Count == 0;
        if (coversFiling && PaymentStatus != Domain.PaymentStatus.Lapsed)
            return LifecycleErrors.NothingToPay;
        var until = Status == DossierStatus.WaitPayment && OpenDemands > 0 && WaitUntil > ask.Deadline ? WaitUntil : ask.Deadline;
        Apply(Moves.RequireFee, actor, now, "Yêu cầu thực hiện nghĩa vụ tài chính; tạm dừng tính thời hạn", "A financial duty is demanded; the clock stands", until: until);
        (Demands, OpenDemands, WaitUntil) = (Demands + 1, OpenDemands + 1, until);
        var fees = coversFiling ? Fees : ask.Fees;
        var demand = new FeeDemand
        {
            Id = Guid.CreateVersion7(now),
            DossierId = Id,
            Number = Demands,
            Fees = fees,
            Amount = coversFiling ? PaymentAmount ?? fees.Sum(f => f.Amount) : fees.Sum(f => f.Amount),
            Reason = ask.Reason,
            LegalBasis = ask.LegalBasis,
            CoversFiling = coversFiling,
            RequestedBy = actor.Id,
            RequestedAt = now,
            Deadline = ask.Deadline,
        };
        records.Add(demand);
        facts.Add(new DossierFeeDue(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, ActorId, Channel, demand.Id, demand.Number, [.. fees], ask.Deadline)
        {
            Basis = coversFiling ? FeeBasis : ask.Basis,
        });
        return demand;
    }

    /// <summary>A payment request was opened. Messages may come in any order: a settled payment stays settled.</summary>
    public bool RecordPaymentRequest(Guid paymentId, long amount, DateTimeOffset now)
    {
        if (Status == DossierStatus.Draft || PaymentId is not null || PaymentStatus is not null)
            return false;
        (PaymentId, PaymentStatus, PaymentAmount) = (paymentId, Domain.PaymentStatus.Requested, amount);
        Apply(Moves.RequestPayment, Actor.System, now, "Đã có yêu cầu nộp phí, lệ phí", "Payment of the fees requested");
        return true;
    }

    /// <summary>The fees of the filing arrived; false when that is already known or does not concern this dossier.</summary>
    /// <param name="paymentId">The payment request.</param>
    /// <param name="amount">Đồng.</param>
    /// <param name="now">The moment.</param>
    /// <param name="provider">Who told us of the money: a bank, portal or cash.</param>
    public bool RecordPayment(Guid paymentId, long amount, DateTimeOffset now, string? provider = null)
    {
        if (Status == DossierStatus.Draft || PaymentStatus == Domain.PaymentStatus.Settled || (PaymentId ?? paymentId) != paymentId)
            return false;
        (PaymentId, PaymentStatus, PaymentAmount) = (paymentId, Domain.PaymentStatus.Settled, amount);
        Paid(amount, provider);
        Apply(Moves.Pay, Actor.System, now, "Đã nộp đủ phí, lệ phí", "Fees paid");
        TellPaid(paymentId, amount, now);
        return true;
    }

    /// <summary>The payment request of the filing lapsed unpaid; an officer can demand the fees again.</summary>
    public bool RecordLapse(Guid paymentId, DateTimeOffset now)
    {
        if (Status == DossierStatus.Draft || (PaymentId ?? paymentId) != paymentId
            || PaymentStatus is Domain.PaymentStatus.Settled or Domain.PaymentStatus.Lapsed or Domain.PaymentStatus.Waived)
            return false;
        (PaymentId, PaymentStatus) = (paymentId, Domain.PaymentStatus.Lapsed);
        Apply(Moves.LapsePayment, Actor.System, now, "Yêu cầu nộp phí, lệ phí đã hết hạn", "The payment request lapsed");
        return true;
    }

    /// <summary>A demand was paid. The last one lets the handling go on; one that comes after the end is noted, for its treatment by payment.</summary>
    public bool RecordPayment(FeeDemand demand, Guid paymentId, long amount, DateTimeOffset now, string? provider = null)
    {
        var wasOpen = demand.State == FeeDemandState.Open;
        if (!demand.Settle(paymentId, now))
            return false;
        Paid(amount, provider);
        if (demand.CoversFiling)
            (PaymentStatus, PaymentAmount) = (Domain.PaymentStatus.Settled, amount);
        if (wasOpen)
            OpenDemands--;
        if (Status == DossierStatus.WaitPayment && OpenDemands == 0)
            Apply(Moves.PayDemand, Actor.System, now, "Đã hoàn thành nghĩa vụ tài chính; tiếp tục giải quyết", "The financial duty is done; handling goes on");
        else if (Transitions.Find(Moves.PayDemand, Status) is { } row)
            Apply(Moves.PayDemand, Actor.System, now, "Đã nộp một khoản", "One demand is paid", stay: row.To is not null);
        else
            Apply(Moves.Pay, Actor.System, now, "Đã nộp một khoản đã hết hạn yêu cầu", "A demand that had lapsed is paid");
        TellPaid(paymentId, amount, now);
        return true;
    }

    /// <summary>The payment request of a demand lapsed unpaid: an officer demands it anew, or an approver stops the handling.</summary>
    public bool RecordLapse(FeeDemand demand, DateTimeOffset now)
    {
        if (!demand.Lapse())
            return false;
        OpenDemands--;
        Apply(Moves.LapsePayment, Actor.System, now, "Yêu cầu nộp tiền đã hết hạn", "The payment request lapsed");
        return true;
    }

    private void Paid(long amount, string? provider)
    {
        PaidAmount += amount;
        if (PaidBy is null or Statistics.Facts.PaidBy.Cash)
            PaidBy = Statistics.Facts.PaidBy.Of(provider);
    }

    private void TellPaid(Guid paymentId, long amount, DateTimeOffset now) =>
        facts.Add(new DossierFeePaid(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, paymentId, amount));
}
