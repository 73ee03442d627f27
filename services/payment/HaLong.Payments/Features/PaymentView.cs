using HaLong.Payments.Domain;
using HaLong.ServiceDefaults;

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
        [.. p.Items.OrderBy(i => i.Line).Select(i => PaymentItemView.Of(i, p.Beneficiary))],
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

/// <summary>One line of what is due: phi (fee) or lePhi (charge), with how it was worked out.</summary>
/// <param name="Kind">phi, lePhi or duty.</param>
/// <param name="NameVi">Vietnamese name.</param>
/// <param name="Amount">Đồng to pay.</param>
/// <param name="Assumed">True when the tariff or the reduction is not from a published text.</param>
/// <param name="Name">Name in the language of the request.</param>
/// <param name="FullAmount">Đồng by the tariff.</param>
/// <param name="Reduction">Đồng that are not charged.</param>
/// <param name="Rule">fixed, perUnit, perPage or asDemanded; null in requests from before there were quotes.</param>
/// <param name="ReductionRule">Code of the policy that lessened it.</param>
/// <param name="ExplanationVi">The line in words.</param>
/// <param name="ExplanationEn">The same in English.</param>
/// <param name="Source">Where the reduction is written.</param>
/// <param name="OwedTo">The account to which it is owed.</param>
internal sealed record PaymentItemView(
    string Kind, string NameVi, long Amount, bool Assumed, string Name, long FullAmount, long Reduction, string? Rule, string? ReductionRule, string? ExplanationVi,
    string? ExplanationEn, string? Source, OwedToView OwedTo)
{
    public static PaymentItemView Of(PaymentItem i, Beneficiary collecting) => new(
        i.Kind, i.NameVi, i.Amount, i.Assumed, Text.Bilingual(i.NameVi, i.NameEn ?? i.NameVi), i.FullAmount ?? i.Amount, (i.FullAmount ?? i.Amount) - i.Amount, i.Rule,
        i.ReductionRule, i.ExplanationVi, i.ExplanationEn, i.Source,
        new OwedToView(i.OwedBin ?? collecting.Bin, i.OwedAccount ?? collecting.Account, i.OwedName ?? collecting.Name));
}

/// <summary>The account to which an item is owed: at the State Treasury, or the collecting account itself.</summary>
internal sealed record OwedToView(string Bin, string Account, string Name);

/// <summary>The collecting account.</summary>
internal sealed record BeneficiaryView(string Bin, string? Bank, string Account, string Name, bool Assumed);

/// <summary>One time that somebody set out to pay; while a provider waits for the payer, with where he pays.</summary>
internal sealed record PaymentAttemptView(Guid Id, string Method, DateTimeOffset CreatedAt, AttemptState State, string? RedirectUrl);
