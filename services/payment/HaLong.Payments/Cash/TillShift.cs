using HaLong.Payments.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Cash;

/// <summary>A cashier's shift at a till (ca thu tiền mặt): opened with counted change, counted at its end, agreed to by a second person, brought to the bank.</summary>
internal sealed class TillShift
{
    /// <summary>Front of the reference on a deposit slip (nộp quỹ).</summary>
    public const string ReferencePrefix = "NQ";

    public Guid Id { get; init; }
    public required string UnitCode { get; init; }

    /// <summary>Name of the till within the unit.</summary>
    public required string Till { get; init; }

    public Guid CashierId { get; init; }

    /// <summary>The collecting account for which it collects: fixed for the shift.</summary>
    public required string Bin { get; init; }
    public required string Account { get; init; }

    /// <summary>To be written on the deposit slip, so that the bank's notice and statement name the shift.</summary>
    public required string Reference { get; init; }

    public ShiftState State { get; private set; }

    /// <summary>Change money at the beginning (tiền lẻ đầu ca), đồng.</summary>
    public long Opening { get; init; }

    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>Đồng taken, and from how many requests.</summary>
    public long Taken { get; private set; }
    public int Payments { get; private set; }

    /// <summary>What must be in the till.</summary>
    public long Expected => Opening + Taken;

    /// <summary>Counted at the end; null until then.</summary>
    public long? Counted { get; private set; }

    /// <summary>Counted less expected: positive is over (thừa quỹ), negative short (thiếu quỹ).</summary>
    public long Difference => (Counted ?? Expected) - Expected;

    /// <summary>Why it differs, in the counter's words.</summary>
    public string? Reason { get; private set; }
    public int Counts { get; private set; }
    public Guid? CountedBy { get; private set; }
    public DateTimeOffset? CountedAt { get; private set; }
    public Guid? ReviewedBy { get; private set; }
    public DateTimeOffset? ReviewedAt { get; private set; }
    public string? ReviewNote { get; private set; }

    /// <summary>Change that goes back at the end: all of it, or what there is.</summary>
    public long FloatReturned => State == ShiftState.Closed ? Math.Min(Opening, Counted ?? 0) : 0;

    /// <summary>What is to be brought to the bank once the shift is closed.</summary>
    public long ToDeposit { get; private set; }

    /// <summary>Number of the bank's slip; null until it is deposited.</summary>
    public string? Slip { get; private set; }
    public DateOnly? DepositedOn { get; private set; }
    public Guid? DepositedBy { get; private set; }

    /// <summary>When the bank said that the deposit is on the account, by notice or statement.</summary>
    public DateTimeOffset? ArrivedAt { get; private set; }

    /// <summary>When it was noticed that the shift had been left open.</summary>
    public DateTimeOffset? RaisedAt { get; private set; }

    public uint Version { get; private init; }

    public static TillShift Open(string unit, string till, Guid cashier, Beneficiary collects, long change, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UnitCode = unit,
        Till = till,
        CashierId = cashier,
        Bin = collects.Bin,
        Account = collects.Account,
        Reference = PaymentReference.Create(ReferencePrefix),
        Opening = change,
        OpenedAt = now,
    };

    /// <summary>Why nothing can be taken for a request now; nothing when it can.</summary>
    public Error? RefusalToTake(PaymentRequest payment, DateTimeOffset now, TimeSpan patience)
    {
        if (State != ShiftState.Open)
            return CashErrors.NotOpen;
        if (now - OpenedAt > patience)
            return CashErrors.LeftOpen;
        return payment.Beneficiary.Bin == Bin && payment.Beneficiary.Account == Account ? null : CashErrors.OtherAccount;
    }

    public void Take(long amount) => (Taken, Payments) = (Taken + amount, Payments + 1);

    /// <summary>Counts the till. Again while nobody has agreed to it: each count is kept.</summary>
    public Result Count(long total, string? reason, Guid by, DateTimeOffset now, TimeSpan patience)
    {
        if (State == ShiftState.Closed)
            return CashErrors.NotOpen;
        // A shift that was left behind may be counted by a colleague, so that it ends.
        if (by != CashierId && now - OpenedAt <= patience)
            return CashErrors.NotYours;
        if (total != Expected && string.IsNullOrWhiteSpace(reason))
            return CashErrors.NoReason.WithField("reason", $"Chênh lệch {total - Expected} đồng.", $"The difference is {total - Expected} đồng.");
        (State, Counted, Reason, Counts, CountedBy, CountedAt) = (ShiftState.Counted, total, total == Expected ? null : reason!.Trim(), Counts + 1, by, now);
        return Result.Success;
    }

    /// <summary>A second person agrees to the count, or sends it back.</summary>
    public Result Review(bool agreed, Guid by, string? note, DateTimeOffset now)
    {
        if (State != ShiftState.Counted)
            return CashErrors.NotCounted;
        if (by == CashierId || by == CountedBy)
            return CashErrors.TwoPersons;
        (State, ReviewedBy, ReviewedAt, ReviewNote) = (agreed ? ShiftState.Closed : ShiftState.Open, by, now, note);
        if (agreed)
            ToDeposit = Counted!.Value - FloatReturned;
        return Result.Success;
    }

    /// <summary>The money was brought to the bank.</summary>
    public Result Deposit(long amount, string slip, DateOnly on, Guid by)
    {
        if (State != ShiftState.Closed)
            return CashErrors.NotClosed;
        if (Slip is not null || ToDeposit == 0)
            return CashErrors.NothingToDeposit;
        if (amount != ToDeposit)
            return CashErrors.WholeDeposit.WithField("amount", $"{ToDeposit}", $"{ToDeposit}");
        (Slip, DepositedOn, DepositedBy) = (slip, on, by);
        return Result.Success;
    }

    /// <summary>True when this is news: the bank has the money.</summary>
    public bool Arrive(DateTimeOffset now)
    {
        if (ArrivedAt is not null)
            return false;
        ArrivedAt = now;
        return true;
    }

    public void Raise(DateTimeOffset now) => RaisedAt ??= now;
}
