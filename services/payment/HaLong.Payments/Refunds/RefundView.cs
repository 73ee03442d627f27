namespace HaLong.Payments.Refunds;

/// <summary>A refund as officials see it.</summary>
internal sealed record RefundView(
    Guid Id, RefundState State, long Amount, string Rule, string Reason, Guid? CaseId, Guid? PaymentId, string? UnitCode, string Bin, string Account, Payee? Payee,
    Guid ProposedBy, DateTimeOffset ProposedAt, Guid? ReviewedBy, DateTimeOffset? ReviewedAt, string? ReviewNote, Guid? PayoutId, string? BankReference, DateTimeOffset? PaidAt,
    uint Version)
{
    public static RefundView Of(MoneyRefund r) => new(
        r.Id, r.State, r.Amount, r.Rule, r.Reason, r.CaseId, r.PaymentId, r.UnitCode, r.Bin, r.Account, r.Payee, r.ProposedBy, r.ProposedAt, r.ReviewedBy, r.ReviewedAt,
        r.ReviewNote, r.PayoutId, r.BankReference, r.PaidAt, r.Version);
}
