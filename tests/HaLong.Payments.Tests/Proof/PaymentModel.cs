using HaLong.Payments.Cases;
using HaLong.Payments.Domain;
using HaLong.Payments.Refunds;
using static HaLong.Payments.Domain.PaymentState;

namespace HaLong.Payments.Tests.Proof;

/// <summary>A request as the rules describe it.</summary>
internal sealed class ModelRequest(Guid id, Guid dossier, string reference, long amount, DateTimeOffset expires)
{
    public Guid Id => id;
    public Guid Dossier => dossier;
    public string Reference => reference;
    public long Amount => amount;
    public DateTimeOffset Expires { get; set; } = expires;
    public PaymentState State { get; set; } = Pending;
    public long Held { get; set; }
    public long Refunded { get; set; }
    public long Remaining => amount - Held;
    public long Refundable => State is Settled or PartiallyRefunded ? amount - Refunded : 0;
}

/// <summary>Money that did not fit.</summary>
internal sealed class ModelCase(Guid id, CaseKind kind, long amount, ModelRequest? request, bool elsewhere)
{
    public Guid Id => id;
    public CaseKind Kind => kind;
    public long Amount => amount;
    public ModelRequest? Request => request;

    /// <summary>It came to another account than the one asked for.</summary>
    public bool Elsewhere => elsewhere;
    public CaseDecision? Decision { get; set; }
}

/// <summary>Money that goes back.</summary>
internal sealed class ModelRefund(Guid id, long amount, ModelRequest? request, ModelCase? of, bool excess)
{
    public Guid Id => id;
    public long Amount => amount;
    public ModelRequest? Request => request;
    public ModelCase? Case => of;
    public bool Excess => excess;
    public bool Elsewhere => of?.Elsewhere == true;
    public bool HasPayee { get; set; }
    public RefundState State { get; set; } = RefundState.Proposed;

    /// <summary>It gives back what was rightly paid.</summary>
    public bool ByRule => of is null && !excess;
}

/// <summary>How a transfer is made.</summary>
internal enum Transfer
{
    Exact,
    Part,
    TooMuch,
    OtherAccount,
    CutReference,
    TwoReferences,
    BookedLate,
}

/// <summary>The rules of money in the simplest words: it says beforehand what a notice, a decision or a refund does, or by which code it is refused.</summary>
internal static class PaymentModel
{
    /// <summary>What becomes of a notice; null: it settles its request.</summary>
    public static MismatchReason? Outcome(ModelRequest request, Transfer how, long amount, DateTimeOffset bookedAt) => how switch
    {
        Transfer.CutReference => MismatchReason.UnknownReference,
        Transfer.TwoReferences => MismatchReason.AmbiguousReference,
        _ when request.State == Expired => MismatchReason.Expired,
        _ when request.State == Cancelled => MismatchReason.DossierClosed,
        _ when request.State != Pending => MismatchReason.AlreadySettled,
        _ when bookedAt > request.Expires => MismatchReason.Expired,
        Transfer.OtherAccount => MismatchReason.WrongAccount,
        _ => amount == request.Remaining ? null : MismatchReason.WrongAmount,
    };

    public static CaseKind KindOf(MismatchReason reason, long amount, ModelRequest request) => reason switch
    {
        MismatchReason.UnknownReference => CaseKind.UnknownPayer,
        MismatchReason.AmbiguousReference => CaseKind.AmbiguousReference,
        MismatchReason.Expired => CaseKind.Late,
        MismatchReason.DossierClosed => CaseKind.ClosedDossier,
        MismatchReason.AlreadySettled => CaseKind.Double,
        MismatchReason.WrongAccount => CaseKind.WrongAccount,
        _ => amount < request.Remaining ? CaseKind.Partial : CaseKind.Over,
    };

    /// <summary>Why a decision is refused; null when it is taken.</summary>
    public static string? Refusal(ModelCase of, CaseDecision decision, ModelRequest? target) => decision switch
    {
        _ when of.Decision is not null => "PAY-0202",
        CaseDecision.Accept or CaseDecision.Assign => target is not null && target.State is Pending or Expired && of.Amount >= target!.Remaining && !of.Elsewhere
            && of.Kind is not (CaseKind.Double or CaseKind.ClosedDossier) ? null : "PAY-0204",
        CaseDecision.AskRest => of.Kind == CaseKind.Partial && target!.State == Pending && of.Amount < target.Remaining ? null : "PAY-0204",
        _ => null,
    };

    /// <summary>A decision is taken; returns what is over.</summary>
    public static long Decide(ModelCase of, CaseDecision decision, ModelRequest? target, DateTimeOffset restUntil)
    {
        of.Decision = decision;
        switch (decision)
        {
            case CaseDecision.Accept or CaseDecision.Assign:
                target!.State = Settled;
                return of.Amount - target.Remaining;
            case CaseDecision.AskRest:
                target!.Held += of.Amount;
                target.Expires = restUntil > target.Expires ? restUntil : target.Expires;
                return 0;
            default:
                return 0;
        }
    }

    /// <summary>A request ended before it was paid; returns the part that is promised back.</summary>
    public static long End(ModelRequest request, PaymentState state)
    {
        var held = request.Held;
        (request.State, request.Held) = (state, 0);
        return held;
    }

    public static string? RefusalToPropose(ModelRequest request, long amount, long seen, long available) =>
        request.State is not (Settled or PartiallyRefunded) ? "PAY-0019" : seen != available ? "PAY-0305" : amount > available ? "PAY-0021" : null;

    public static string? RefusalToReview(ModelRefund refund, bool agreed, bool sameAsProposer) => refund.State switch
    {
        not RefundState.Proposed => "PAY-0302",
        _ when sameAsProposer => "PAY-0303",
        _ => agreed && !refund.HasPayee ? "PAY-0304" : null,
    };

    /// <summary>The bank paid.</summary>
    public static void Pay(ModelRefund refund)
    {
        refund.State = RefundState.Paid;
        if (!refund.ByRule)
            return;
        var request = refund.Request!;
        request.State = refund.Amount == request.Refundable ? PaymentState.Refunded : PartiallyRefunded;
        request.Refunded += refund.Amount;
    }
}
