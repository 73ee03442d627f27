namespace HaLong.Payments.Cash;

/// <summary>Cash that paid a request. Never changed: what was wrong about it goes back as a refund, by two persons.</summary>
internal sealed class CashPayment
{
    public Guid Id { get; init; }
    public Guid ShiftId { get; init; }
    public Guid PaymentId { get; init; }

    /// <summary>Đồng that were due.</summary>
    public long Amount { get; init; }

    /// <summary>Đồng handed over, and given back as change.</summary>
    public long Handed { get; init; }
    public long Change => Handed - Amount;

    public Guid CashierId { get; init; }
    public DateTimeOffset TakenAt { get; init; }
}

/// <summary>One count of a till, by denomination. Never changed: who counts again adds another.</summary>
internal sealed class TillCount
{
    public Guid ShiftId { get; init; }

    /// <summary>0 at the opening, then 1, 2…</summary>
    public int Number { get; init; }

    /// <summary>Pieces by denomination, as JSON.</summary>
    public required string Denominations { get; init; }

    /// <summary>Đồng.</summary>
    public long Total { get; init; }

    /// <summary>What had to be there; at the opening the same.</summary>
    public long Expected { get; init; }
    public string? Reason { get; init; }
    public Guid CountedBy { get; init; }
    public DateTimeOffset CountedAt { get; init; }
}
