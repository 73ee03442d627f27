using HaLong.Dossiers.Contracts;

namespace HaLong.Payments.Fees;

/// <summary>What decides how much is due.</summary>
/// <param name="ProcedureCode">Procedure, e.g. 1.004222.</param>
/// <param name="Channel">online, assisted, counter or post.</param>
/// <param name="Basis">Fees, day, identification and claims.</param>
internal sealed record FeeSituation(string ProcedureCode, string Channel, FeeBasis Basis);

/// <summary>What is due, explained line by line (bảng tính phí, lệ phí).</summary>
internal sealed record FeeQuote(IReadOnlyList<FeeQuoteLine> Lines)
{
    /// <summary>Đồng without reductions.</summary>
    public decimal Full => Lines.Sum(l => (decimal)l.Full);

    /// <summary>Đồng to pay.</summary>
    public decimal Total => Lines.Sum(l => (decimal)l.Amount);

    /// <summary>True when something would be due and nothing is.</summary>
    public bool IsWaived => Full > 0 && Total == 0;
}

/// <summary>One line of a quote.</summary>
/// <param name="Kind">phi, lePhi or duty.</param>
/// <param name="NameVi">Vietnamese name.</param>
/// <param name="NameEn">English name; null where there is none.</param>
/// <param name="Full">Đồng by the tariff.</param>
/// <param name="Amount">Đồng to pay, from 0 to <paramref name="Full"/>.</param>
/// <param name="Rule">fixed, perUnit, perPage; asDemanded for what an official demands in so many đồng.</param>
/// <param name="ReductionRule">Code of the policy that counts; null for none.</param>
/// <param name="ExplanationVi">How it was worked out, in Vietnamese.</param>
/// <param name="ExplanationEn">The same in English.</param>
/// <param name="Source">Where the reduction is written; null without one.</param>
/// <param name="Assumed">True when the tariff or the reduction is not from a published text.</param>
/// <param name="Helps">Evidence with which it would cost less.</param>
internal sealed record FeeQuoteLine(
    string Kind, string NameVi, string? NameEn, long Full, long Amount, string Rule, string? ReductionRule, string ExplanationVi, string ExplanationEn, string? Source,
    bool Assumed, IReadOnlyList<FeeHelp> Helps)
{
    /// <summary>Đồng that are not charged.</summary>
    public long Reduction => Full - Amount;
}

/// <summary>What would lessen a line, had it been proven.</summary>
/// <param name="Category">Code of the category.</param>
/// <param name="Amount">Đồng to pay then.</param>
/// <param name="EvidenceVi">What proves it.</param>
/// <param name="EvidenceEn">The same in English.</param>
/// <param name="Claimed">The applicant says to belong to it.</param>
/// <param name="Refused">An official did not accept the evidence.</param>
/// <param name="Rule">Code of the policy.</param>
/// <param name="Source">Where it is written.</param>
internal sealed record FeeHelp(string Category, long Amount, string EvidenceVi, string EvidenceEn, bool Claimed, bool Refused, string Rule, string Source);
