using HaLong.Payments.Domain;

namespace HaLong.Payments.Cases;

/// <summary>A case as cashiers see it, with the notice that brought the money.</summary>
internal sealed record CaseView(
    Guid Id, CaseKind Kind, long Amount, CaseDecision Proposal, Guid? PaymentId, string? UnitCode, Guid? GuessedPaymentId, int? GuessScore, DateTimeOffset OpenedAt,
    DateTimeOffset DueAt, bool Overdue, Guid? TakenBy, CaseDecision? Decision, Guid? DecidedBy, DateTimeOffset? DecidedAt, string? Reason, string? Evidence,
    Guid NoticeId, string Provider, string Remittance, string Account, DateTimeOffset BookedAt, uint Version)
{
    public static CaseView Of(MoneyCase c, BankNotice n, DateTimeOffset now) => new(
        c.Id, c.Kind, c.Amount, c.Proposal, c.PaymentId, c.UnitCode, c.GuessedPaymentId, c.GuessScore, c.OpenedAt, c.DueAt, c.Decision is null && now > c.DueAt, c.TakenBy,
        c.Decision, c.DecidedBy, c.DecidedAt, c.Reason, c.Evidence, n.Id, n.Provider, n.Remittance, n.Account, n.BookedAt, c.Version);
}
