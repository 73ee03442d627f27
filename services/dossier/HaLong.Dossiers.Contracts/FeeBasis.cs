namespace HaLong.Dossiers.Contracts;

/// <summary>What decides how much is due: the fees of the procedure that apply, and the situation. Payment makes the quote (bảng tính phí) of it.</summary>
/// <param name="Moment">Moment of the catalogue: atFiling, atSupplement or atResult.</param>
/// <param name="Day">Local day whose rules count.</param>
/// <param name="Assurance">How surely the applicant is identified: 1 self-registered, 2 verified.</param>
/// <param name="Terms">The fees, in the order of the procedure.</param>
/// <param name="Claims">Categories that the applicant says to belong to.</param>
public sealed record FeeBasis(string Moment, DateOnly Day, int Assurance, IReadOnlyList<FeeTerm> Terms, IReadOnlyList<FeeClaim> Claims);

/// <summary>One fee with its rule, before any exemption.</summary>
/// <param name="Kind">phi (fee for a service), lePhi (charge) or duty (another financial obligation).</param>
/// <param name="NameVi">Vietnamese name.</param>
/// <param name="NameEn">English name; null where there is none.</param>
/// <param name="Amount">Đồng for one; not used where there are tiers.</param>
/// <param name="Quantity">How many cases or copies, at least 1.</param>
/// <param name="Rule">The rule in the words of the catalogue.</param>
/// <param name="Assumed">True when the amount is a demonstration tariff, not a published one.</param>
public sealed record FeeTerm(string Kind, string NameVi, string? NameEn, long Amount, int Quantity, string Rule, bool Assumed)
{
    /// <summary>Pages of each copy, where the price is by page.</summary>
    public int? Pages { get; init; }

    /// <summary>Price by page, from one page number to another; empty for a price by case.</summary>
    public IReadOnlyList<FeeTier> Tiers { get; init; } = [];

    /// <summary>Most that one copy costs, đồng; null without limit.</summary>
    public long? Cap { get; init; }

    /// <summary>Exemptions of this procedure alone; the general ones are payment's.</summary>
    public IReadOnlyList<FeeTermExemption> Exemptions { get; init; } = [];

    /// <summary>Đồng by the tariff, before any reduction.</summary>
    public decimal FullAmount() => CopyAmount() * Quantity;

    /// <summary>Đồng for one case or copy, within the limit.</summary>
    public decimal CopyAmount()
    {
        if (Tiers.Count == 0)
            return Amount;
        var copy = Tiers.Sum(t => (decimal)t.PagesOf(Pages ?? 1) * t.Amount);
        return Cap is { } cap && cap < copy ? cap : copy;
    }
}

/// <summary>Price of the pages from one number to another.</summary>
/// <param name="FromPage">First page, from 1.</param>
/// <param name="ToPage">Last page; null for all that follow.</param>
/// <param name="Amount">Đồng for each page.</param>
public sealed record FeeTier(int FromPage, int? ToPage, long Amount)
{
    /// <summary>How many of so many pages are paid at this price.</summary>
    public int PagesOf(int pages) => Math.Max(0, Math.Min(pages, ToPage ?? int.MaxValue) - FromPage + 1);
}

/// <summary>Who pays less by the procedure's own rule.</summary>
/// <param name="Category">Code of the category, e.g. poorHousehold.</param>
/// <param name="Percent">Part that is not charged, 1 to 100.</param>
/// <param name="EvidenceVi">What proves it.</param>
/// <param name="EvidenceEn">The same in English.</param>
/// <param name="LegalBasis">Where it is written.</param>
/// <param name="Assumed">True when it is not from a source.</param>
public sealed record FeeTermExemption(string Category, int Percent, string? EvidenceVi, string? EvidenceEn, string? LegalBasis, bool Assumed);

/// <summary>A category that the applicant says to belong to.</summary>
/// <param name="Category">Its code, e.g. poorHousehold.</param>
/// <param name="Documents">Documents of the dossier that prove it; without any it does not count.</param>
/// <param name="Accepted">What an official decided about the proof; null while nobody has: then a claim with a document counts.</param>
public sealed record FeeClaim(string Category, IReadOnlyList<Guid> Documents, bool? Accepted = null)
{
    /// <summary>True when it lessens what is due.</summary>
    public bool Counts => Accepted ?? Documents.Count > 0;
}
