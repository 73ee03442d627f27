namespace HaLong.Payments.Cash;

/// <summary>A shift as officials see it. Difference is counted less expected; reference goes on the deposit slip.</summary>
internal sealed record ShiftView(
    Guid Id, string UnitCode, string Till, Guid CashierId, ShiftState State, string Bin, string Account, string Reference, DateTimeOffset OpenedAt, bool LeftOpen, long Float,
    long Taken, int Payments, long Expected, long? Counted, long Difference, string? Reason, Guid? CountedBy, DateTimeOffset? CountedAt, Guid? ReviewedBy,
    DateTimeOffset? ReviewedAt, string? ReviewNote, long FloatReturned, long ToDeposit, string? Slip, DateOnly? DepositedOn, Guid? DepositedBy, DateTimeOffset? ArrivedAt,
    uint Version)
{
    public static ShiftView Of(TillShift s) => new(
        s.Id, s.UnitCode, s.Till, s.CashierId, s.State, s.Bin, s.Account, s.Reference, s.OpenedAt, s.RaisedAt is not null, s.Opening, s.Taken, s.Payments, s.Expected, s.Counted,
        s.Difference, s.Reason, s.CountedBy, s.CountedAt, s.ReviewedBy, s.ReviewedAt, s.ReviewNote, s.FloatReturned, s.ToDeposit, s.Slip, s.DepositedOn, s.DepositedBy,
        s.ArrivedAt, s.Version);
}
