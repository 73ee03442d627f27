namespace HaLong.Payments.Refunds;

/// <summary>A file of refunds for the bank (bảng kê chi hoàn), from one collecting account.</summary>
internal sealed class Payout
{
    public Guid Id { get; init; }
    public required string UnitCode { get; init; }
    public required string Bin { get; init; }
    public required string Account { get; init; }
    public int Count { get; init; }

    /// <summary>Đồng.</summary>
    public long Total { get; init; }

    public Guid CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
