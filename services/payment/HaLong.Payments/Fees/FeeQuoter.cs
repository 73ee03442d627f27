using HaLong.Dossiers.Contracts;

namespace HaLong.Payments.Fees;

/// <summary>
/// Works out what is due. Pure: fees and situation in, lines out. Where several policies hold, the one that leaves least counts; they are not added
/// up. A claim counts with a document, until an official refuses it.
/// </summary>
internal sealed class FeeQuoter(IReadOnlyList<FeePolicy> policies)
{
    /// <exception cref="OverflowException">An amount is out of range.</exception>
    public FeeQuote Quote(FeeSituation of) => new([.. of.Basis.Terms.Select(term => Line(term, of))]);

    /// <summary>Lines for amounts that an official demanded in so many đồng: nothing is lessened.</summary>
    public static FeeQuote AsDemanded(IEnumerable<FeeItem> fees) => new([.. fees.Select(f => new FeeQuoteLine(
        f.Kind, f.NameVi, null, f.Amount, f.Amount, FeeAmount.AsDemanded, null, "Theo yêu cầu của cơ quan giải quyết.", "As demanded by the agency.", null, f.Assumed, []))]);

    private FeeQuoteLine Line(FeeTerm term, FeeSituation of)
    {
        var full = FeeAmount.Of(term);
        var open = Reductions(term, of).Where(r => r.Amount(full.Amount) < full.Amount).ToList();
        var best = Best(open.Where(r => r.Counts), full.Amount);
        var amount = best?.Amount(full.Amount) ?? full.Amount;
        var helps = open.Where(r => !r.Counts && r.Amount(full.Amount) < amount).GroupBy(r => r.Category).Select(g => Best(g, full.Amount)!)
            .OrderByDescending(r => r.Claim is not null).ThenBy(r => r.Amount(full.Amount)).ThenBy(r => r.Id, StringComparer.Ordinal)
            .Select(r => r.ToHelp(full.Amount)).ToList();
        var (vi, en) = Words(full, best, amount, helps.Where(h => h.Claimed));
        return new FeeQuoteLine(
            term.Kind, term.NameVi, term.NameEn, full.Amount, amount, full.Rule, best?.Id, vi, en, best?.Source, term.Assumed || best is { Assumed: true }, helps);
    }

    private IEnumerable<Reduction> Reductions(FeeTerm term, FeeSituation of)
    {
        FeeClaim? ClaimOf(string? category) => of.Basis.Claims.FirstOrDefault(c => c.Category == category);
        foreach (var e in term.Exemptions)
        {
            yield return new Reduction(
                $"PROCEDURE:{e.Category}", "Miễn, giảm theo quy định của thủ tục", "Exemption of the procedure", e.Percent, e.Category, e.EvidenceVi ?? "Giấy tờ chứng minh",
                e.EvidenceEn ?? e.EvidenceVi ?? "Proof", e.LegalBasis ?? of.ProcedureCode, e.Assumed, ClaimOf(e.Category));
        }
        foreach (var p in policies.Where(p => p.Fits(term.Kind, of)))
            yield return new Reduction(p.Id, p.NameVi, p.NameEn, p.Percent, p.Category, p.EvidenceVi ?? "", p.EvidenceEn ?? "", p.Source, p.Assumed, ClaimOf(p.Category));
    }

    // The least; of equals the one with a source, then by code: the answer does not depend on the order of the data.
    private static Reduction? Best(IEnumerable<Reduction> of, long full) =>
        of.OrderBy(r => r.Amount(full)).ThenBy(r => r.Assumed).ThenBy(r => r.Id, StringComparer.Ordinal).FirstOrDefault();

    private static (string Vi, string En) Words(FullAmount full, Reduction? best, long amount, IEnumerable<FeeHelp> missing)
    {
        var (vi, en) = (full.Vi, full.En);
        if (best is not null)
        {
            vi += $" {best.NameVi}: giảm {best.Percent}%, còn {FeeAmount.Vi(amount)} ({best.Source}{(best.Assumed ? ", giả định" : "")}).";
            en += $" {best.NameEn}: {best.Percent}% less, {FeeAmount.En(amount)} remain ({best.Source}{(best.Assumed ? ", assumed" : "")}).";
        }
        foreach (var help in missing)
        {
            vi += help.Refused ? $" Giấy tờ chưa được chấp nhận: {help.EvidenceVi}." : $" Cần có để được giảm còn {FeeAmount.Vi(help.Amount)}: {help.EvidenceVi}.";
            en += help.Refused ? $" Evidence not accepted: {help.EvidenceEn}." : $" Needed to pay {FeeAmount.En(help.Amount)} only: {help.EvidenceEn}.";
        }
        return (vi, en);
    }

    private sealed record Reduction(
        string Id, string NameVi, string NameEn, int Percent, string? Category, string EvidenceVi, string EvidenceEn, string Source, bool Assumed, FeeClaim? Claim)
    {
        public bool Counts => Category is null || Claim is { Counts: true };

        public long Amount(long full) => FeeAmount.Less(full, Math.Clamp(Percent, 0, 100));

        public FeeHelp ToHelp(long full) => new(Category!, Amount(full), EvidenceVi, EvidenceEn, Claim is not null, Claim is { Accepted: false }, Id, Source);
    }
}
