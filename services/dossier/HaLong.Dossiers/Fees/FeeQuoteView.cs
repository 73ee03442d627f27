using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using HaLong.Payments.V1;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Fees;

/// <summary>What is due, explained line by line.</summary>
/// <param name="Moment">atFiling, atSupplement or atResult.</param>
/// <param name="Day">Local day whose rules count.</param>
/// <param name="Full">Đồng by the tariff.</param>
/// <param name="Total">Đồng to pay.</param>
/// <param name="Claims">Categories that were claimed.</param>
internal sealed record FeeQuoteView(string Moment, DateOnly Day, long Full, long Total, IReadOnlyList<FeeLineView> Lines, IReadOnlyList<ClaimView> Claims)
{
    public static FeeQuoteView Of(QuoteFeesResponse answer, FeeBasis basis) => new(
        basis.Moment, basis.Day, answer.Full, answer.Total, [.. answer.Lines.Select(FeeLineView.Of)],
        [.. basis.Claims.Select(c => new ClaimView(CatalogueCodes.ApplicantCategories.Of(c.Category), c.Documents, c.Counts, c.Accepted))]);
}

/// <summary>One line of a quote.</summary>
/// <param name="Kind">phi (fee) or lePhi (charge).</param>
/// <param name="Amount">Đồng to pay: full less reduction.</param>
/// <param name="Rule">fixed, perUnit or perPage.</param>
/// <param name="ReductionRule">Code of the policy that counts; null for none.</param>
/// <param name="Source">Where the reduction is written.</param>
/// <param name="Assumed">True when the tariff or the reduction is not from a published text.</param>
/// <param name="MissingEvidence">What would have to be proven to pay less.</param>
internal sealed record FeeLineView(
    string Kind, string Name, string NameVi, long Full, long Reduction, long Amount, string Rule, string? ReductionRule, string Explanation, string ExplanationVi, string ExplanationEn,
    string? Source, bool Assumed, IReadOnlyList<MissingEvidenceView> MissingEvidence)
{
    public static FeeLineView Of(FeeQuoteLineMessage l) => new(
        l.Kind, Text.Bilingual(l.NameVi, l.NameEn.Length == 0 ? l.NameVi : l.NameEn), l.NameVi, l.Full, l.Reduction, l.Amount, l.Rule, Or(l.ReductionRule),
        Text.Bilingual(l.ExplanationVi, l.ExplanationEn), l.ExplanationVi, l.ExplanationEn, Or(l.Source), l.Assumed, [.. l.Helps.Select(MissingEvidenceView.Of)]);

    private static string? Or(string text) => text.Length == 0 ? null : text;
}

/// <summary>Evidence that would lessen a line.</summary>
/// <param name="Category">Who pays less.</param>
/// <param name="Amount">Đồng to pay with it.</param>
/// <param name="Evidence">The paper.</param>
/// <param name="Claimed">The applicant says to belong to the category.</param>
/// <param name="Refused">An official did not accept what was given.</param>
internal sealed record MissingEvidenceView(NamedCode Category, long Amount, string Evidence, bool Claimed, bool Refused, string Rule, string Source)
{
    public static MissingEvidenceView Of(FeeHelpMessage h) =>
        new(CatalogueCodes.ApplicantCategories.Of(h.Category), h.Amount, Text.Bilingual(h.EvidenceVi, h.EvidenceEn), h.Claimed, h.Refused, h.Rule, h.Source);
}

/// <summary>A category that was claimed.</summary>
/// <param name="Counts">It lessens what is due.</param>
/// <param name="Accepted">What an official decided; null while nobody has.</param>
internal sealed record ClaimView(NamedCode Category, IReadOnlyList<Guid> Documents, bool Counts, bool? Accepted);
