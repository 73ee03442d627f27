using HaLong.Payments.Cases;
using HaLong.Payments.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Refunds;

/// <summary>Money to be given back (hoàn phí, lệ phí). Two persons, a rule, an account; never deleted.</summary>
internal sealed class MoneyRefund
{
    public Guid Id { get; init; }

    /// <summary>The case that it follows from; null when what was rightly paid is given back by a rule.</summary>
    public Guid? CaseId { get; init; }

    public Guid? PaymentId { get; init; }
    public string? UnitCode { get; init; }

    /// <summary>By which rule: over, double, late, closedDossier, byLaw…</summary>
    public required string Rule { get; init; }

    public required string Reason { get; init; }

    /// <summary>Đồng.</summary>
    public long Amount { get; init; }

    /// <summary>The collecting account that pays.</summary>
    public required string Bin { get; init; }
    public required string Account { get; init; }

    /// <summary>Where it goes; null until somebody has said so: the bank's notice does not tell from where money came.</summary>
    public Payee? Payee { get; private set; }

    public RefundState State { get; private set; }
    public Guid ProposedBy { get; init; }
    public DateTimeOffset ProposedAt { get; init; }
    public Guid? ReviewedBy { get; private set; }
    public DateTimeOffset? ReviewedAt { get; private set; }
    public string? ReviewNote { get; private set; }

    /// <summary>The payout file that it is in.</summary>
    public Guid? PayoutId { get; private set; }

    /// <summary>The bank's number of the payment.</summary>
    public string? BankReference { get; private set; }
    public DateTimeOffset? PaidAt { get; private set; }
    public uint Version { get; private init; }

    /// <summary>True for what never paid anything, too much or a part: the ledger has promised it back already, so nobody can decide that it stays.</summary>
    public bool IsExcess { get; init; }

    /// <summary>All of a case's money is given back.</summary>
    public static MoneyRefund OfCase(MoneyCase of, PaymentRequest? payment, BankNotice notice, Payee payee, string reason, Guid by, string? unit, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        CaseId = of.Id,
        PaymentId = payment?.Id,
        UnitCode = payment?.UnitCode ?? unit,
        Rule = Persistence.Words.Of(of.Kind),
        Reason = reason,
        Amount = notice.Amount,
        Bin = notice.Bin,
        Account = notice.Account,
        Payee = payee,
        ProposedBy = by,
        ProposedAt = now,
    };

    /// <summary>What was paid too much is given back; the account is asked for afterwards.</summary>
    public static MoneyRefund OfExcess(MoneyCase of, PaymentRequest payment, long excess, BankNotice notice, Guid by, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        CaseId = of.Id,
        PaymentId = payment.Id,
        UnitCode = payment.UnitCode,
        Rule = "over",
        Reason = "",
        IsExcess = true,
        Amount = excess,
        Bin = notice.Bin,
        Account = notice.Account,
        ProposedBy = by,
        ProposedAt = now,
    };

    /// <summary>A part whose rest never came is given back, proposed by nobody but the platform; the account is asked for afterwards.</summary>
    public static MoneyRefund OfHeld(PaymentRequest payment, long held, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        PaymentId = payment.Id,
        UnitCode = payment.UnitCode,
        Rule = "partial",
        Reason = "",
        IsExcess = true,
        Amount = held,
        Bin = payment.Beneficiary.Bin,
        Account = payment.Beneficiary.Account,
        ProposedAt = now,
    };

    /// <summary>What was rightly paid is given back by a rule.</summary>
    public static MoneyRefund OfPayment(PaymentRequest payment, long amount, string rule, string reason, Payee payee, Guid by, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        PaymentId = payment.Id,
        UnitCode = payment.UnitCode,
        Rule = rule,
        Reason = reason,
        Amount = amount,
        Bin = payment.Beneficiary.Bin,
        Account = payment.Beneficiary.Account,
        Payee = payee,
        ProposedBy = by,
        ProposedAt = now,
    };

    /// <summary>Says where it goes, while it has not been agreed to.</summary>
    public Result To(Payee payee)
    {
        if (State != RefundState.Proposed)
            return RefundErrors.WrongState;
        Payee = payee;
        return Result.Success;
    }

    public Result Review(bool agreed, Guid by, string? note, DateTimeOffset now)
    {
        if (State != RefundState.Proposed)
            return RefundErrors.WrongState;
        if (by == ProposedBy)
            return RefundErrors.TwoPersons;
        if (agreed && Payee is null)
            return RefundErrors.NoPayee;
        // Too much is too much: what is not agreed to then is the account.
        if (!agreed && IsExcess)
            Payee = null;
        (State, ReviewedBy, ReviewedAt, ReviewNote) = (agreed ? RefundState.Approved : IsExcess ? RefundState.Proposed : RefundState.Rejected, by, now, note);
        return Result.Success;
    }

    public void Send(Guid payout) => (State, PayoutId) = (RefundState.Sent, payout);

    public Result Pay(string bankReference, DateTimeOffset now)
    {
        if (State is not (RefundState.Sent or RefundState.Approved))
            return RefundErrors.WrongState;
        (State, BankReference, PaidAt) = (RefundState.Paid, bankReference, now);
        return Result.Success;
    }

    /// <summary>The bank could not pay: it waits for another payout, to another account where that was wrong.</summary>
    public Result Return(string note)
    {
        if (State != RefundState.Sent)
            return RefundErrors.WrongState;
        (State, PayoutId, ReviewNote) = (RefundState.Approved, null, note);
        return Result.Success;
    }
}
