using HaLong.Payments.Domain;

namespace HaLong.Payments.Features;

/// <summary>A payment request as its owner and officials see it.</summary>
internal sealed record PaymentView(
    Guid Id,
    Guid DossierId,
    string DossierCode,
    string ProcedureCode,
    string UnitCode,
    Guid OwnerId,
    PaymentState Status,
    string Reference,
    long Amount,
    string Currency,
    IReadOnlyList<PaymentItemView> Items,
    BeneficiaryView Beneficiary,
    IReadOnlyList<PaymentAttemptView> Attempts,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? SettledAt,
    DateTimeOffset? ExpiredAt,
    uint Version,
    string Moment,
    DateTimeOffset? CancelledAt,
    string? CancelReason,
    string AmountInWords,
    int Sequence,
    long Remaining,
    long Refunded,
    string? Message)
{
    public static PaymentView Of(PaymentRequest p) => new(
        p.Id, p.DossierId, p.DossierCode, p.ProcedureCode, p.UnitCode, p.OwnerId, p.State, p.Reference, p.Amount, "VND",
        [.. p.Items.OrderBy(i => i.Line).Select(i => new PaymentItemView(i.Kind, i.NameVi, i.Amount, i.Assumed))],
        new BeneficiaryView(
            p.Beneficiary.Bin, BankDirectory.ShortName(p.Beneficiary.Bin), p.Beneficiary.Account, p.Beneficiary.Name, p.Beneficiary.Assumed),
        [.. p.Attempts.OrderBy(a => a.CreatedAt).Select(a => new PaymentAttemptView(a.Id, a.Method, a.CreatedAt, a.State, a.State == AttemptState.Open ? a.RedirectUrl : null))],
        p.CreatedAt, p.ExpiresAt, p.SettledAt, p.ExpiredAt, p.Version, p.Moment, p.CancelledAt, p.CancelReason, Money.AmountInWords.Of(p.Amount), p.Sequence, p.State == PaymentState.Pending ? p.Remaining : 0, p.Refunded, MessageOf(p.State));

    /// <summary>What the payer has to know while a provider deals with it: that nobody knows an outcome is never told as a failure.</summary>
    private static string? MessageOf(PaymentState state) => state switch
    {
        PaymentState.Processing => PaymentErrors.UnderWay.Message,
        PaymentState.Unknown => PaymentErrors.OutcomeUnknown.Message,
        _ => null,
    };
}

/// <summary>One line of what is due: phi (fee) or lePhi (charge).</summary>
internal sealed record PaymentItemView(string Kind, string NameVi, long Amount, bool Assumed);

/// <summary>The collecting account.</summary>
internal sealed record BeneficiaryView(string Bin, string? Bank, string Account, string Name, bool Assumed);

/// <summary>One time that somebody set out to pay; while a provider waits for the payer, with where he pays.</summary>
internal sealed record PaymentAttemptView(Guid Id, string Method, DateTimeOffset CreatedAt, AttemptState State, string? RedirectUrl);
