using HaLong.Payments.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Cases;

/// <summary>Money that came and does not fit (khoản tiền bất thường): it has an owner, a proposal and a deadline until somebody decides, with a reason and evidence.</summary>
internal sealed class MoneyCase
{
    public Guid Id { get; init; }

    /// <summary>The notice that brought the money: one case for each.</summary>
    public Guid NoticeId { get; init; }

    /// <summary>The request that it names, or that it was assigned to.</summary>
    public Guid? PaymentId { get; private set; }

    /// <summary>Whose cashiers decide; null when nobody knows whose money it is: then any cashier does.</summary>
    public string? UnitCode { get; private set; }

    public CaseKind Kind { get; init; }

    /// <summary>Đồng that came.</summary>
    public long Amount { get; init; }

    public CaseDecision Proposal { get; init; }

    /// <summary>A request whose reference the text nearly names; for the cashier to look at, never acted on by itself.</summary>
    public Guid? GuessedPaymentId { get; init; }

    /// <summary>How much of the reference was found, 0 to 100.</summary>
    public int? GuessScore { get; init; }

    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>Until when it should be decided. Assumed: no law names a time.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>The cashier who took it up.</summary>
    public Guid? TakenBy { get; private set; }

    /// <summary>What was decided; null while it is open.</summary>
    public CaseDecision? Decision { get; private set; }

    public Guid? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public string? Reason { get; private set; }

    /// <summary>Where the papers are that show why: a letter, a statement, a protocol.</summary>
    public string? Evidence { get; private set; }

    public uint Version { get; private init; }

    /// <summary>Opens the case of a notice that paid nothing.</summary>
    public static MoneyCase Open(BankNotice notice, MismatchReason reason, PaymentRequest? payment, ReferenceGuess? guess, DateTimeOffset now, TimeSpan patience)
    {
        var kind = KindOf(reason, notice.Amount, payment);
        return new MoneyCase
        {
            Id = Guid.CreateVersion7(now),
            NoticeId = notice.Id,
            PaymentId = payment?.Id,
            UnitCode = payment?.UnitCode,
            Kind = kind,
            Amount = notice.Amount,
            Proposal = ProposalFor(kind, notice.Amount, payment, guess),
            GuessedPaymentId = guess?.PaymentId,
            GuessScore = guess?.Score,
            OpenedAt = now,
            DueAt = now + patience,
        };
    }

    public Result Take(Guid cashier)
    {
        if (Decision is not null)
            return CaseErrors.Decided;
        if (TakenBy is { } other && other != cashier)
            return CaseErrors.TakenByAnother;
        TakenBy = cashier;
        return Result.Success;
    }

    /// <summary>Closes the case. What the decision does to money and request is done by whoever calls.</summary>
    public void Decide(CaseDecision decision, Guid by, string reason, string? evidence, PaymentRequest? payment, DateTimeOffset now)
    {
        (Decision, DecidedBy, DecidedAt, Reason, Evidence) = (decision, by, now, reason, evidence);
        (PaymentId, UnitCode) = (payment?.Id ?? PaymentId, payment?.UnitCode ?? UnitCode);
        TakenBy ??= by;
    }

    internal static CaseKind KindOf(MismatchReason reason, long amount, PaymentRequest? payment) => reason switch
    {
        MismatchReason.Expired => CaseKind.Late,
        MismatchReason.WrongAmount => amount < payment?.Remaining ? CaseKind.Partial : CaseKind.Over,
        MismatchReason.AlreadySettled => CaseKind.Double,
        MismatchReason.WrongAccount => CaseKind.WrongAccount,
        MismatchReason.DossierClosed => CaseKind.ClosedDossier,
        MismatchReason.NotYetDue => CaseKind.NotYetDue,
        MismatchReason.NotTold => CaseKind.NotTold,
        MismatchReason.AmbiguousReference => CaseKind.AmbiguousReference,
        _ => CaseKind.UnknownPayer,
    };

    private static CaseDecision ProposalFor(CaseKind kind, long amount, PaymentRequest? payment, ReferenceGuess? guess) => kind switch
    {
        CaseKind.Late => payment?.State is PaymentState.Pending or PaymentState.Expired && amount >= payment.Remaining ? CaseDecision.Accept : CaseDecision.Refund,
        CaseKind.NotTold when payment is not null => payment.State.Next(PaymentStep.Accept) is not null && amount >= payment.Remaining ? CaseDecision.Accept : CaseDecision.Refund,
        CaseKind.NotTold => guess is null ? CaseDecision.Dismiss : CaseDecision.Assign,
        CaseKind.Partial => CaseDecision.AskRest,
        CaseKind.Over => CaseDecision.Accept,
        CaseKind.UnknownPayer or CaseKind.AmbiguousReference => guess is null ? CaseDecision.Dismiss : CaseDecision.Assign,
        _ => CaseDecision.Refund,
    };
}
