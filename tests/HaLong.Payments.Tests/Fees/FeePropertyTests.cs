using CsCheck;
using HaLong.Dossiers.Contracts;
using HaLong.Payments.Domain;
using HaLong.Payments.Fees;
using HaLong.Payments.Ledger;
using HaLong.Payments.Tests.Domain;
using static HaLong.Payments.Tests.Fees.Quotes;

namespace HaLong.Payments.Tests.Fees;

/// <summary>Rounding and splits, whatever the amounts: no đồng is lost, made or below zero.</summary>
public sealed class FeePropertyTests
{
    private static readonly string[] Categories = ["merit", "poorHousehold", "disabled"];

    private static readonly Gen<FeePolicy> Policies =
        from id in Gen.Int[1, 9]
        from percent in Gen.Int[1, 100]
        from category in Gen.Int[0, 3]
        from assumed in Gen.Bool
        select Policy("P" + id, percent, category == 0 ? null : Categories[category - 1]) with { Assumed = assumed };

    private static readonly Gen<FeeTerm> Terms = Gen.Select(Gen.Long[0, 1_000_000_000], Gen.Int[1, 50], Gen.Bool, Gen.Int[1, 400], (amount, quantity, byPage, pages) =>
        byPage ? Pages(pages, quantity) : Term(amount, "lePhi", quantity));

    private static readonly Gen<FeeClaim> Claims = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 1], Gen.Int[0, 2], (category, documents, review) =>
        Claim(Categories[category], review == 0 ? null : review == 1, documents));

    private static readonly Gen<(FeeTerm[] Terms, FeePolicy[] Policies, FeeClaim[] Claims)> Situations =
        Gen.Select(Terms.Array[1, 5], Policies.Array[0, 6], Claims.Array[0, 3]);

    private static readonly Gen<PaymentItem[]> Items = Gen.Select(Gen.Int[0, 2], Gen.Long[0, 5_000_000], Gen.Int[0, 3], (kind, amount, account) =>
        new PaymentItem(0, ((string[])["phi", "lePhi", "duty"])[kind], "Khoản", amount, false)
        {
            OwedBin = account == 0 ? null : "970436",
            OwedAccount = account switch { 0 => null, 1 => Some.Account.Account, _ => "3511" + account },
        }).Array[1, 8];

    [Fact]
    public void A_line_is_never_below_zero_or_above_the_tariff_and_its_parts_add_up() => Situations.Sample(s =>
    {
        var quote = new FeeQuoter(s.Policies).Quote(In(s.Terms, claims: s.Claims));
        return quote.Lines.Count == s.Terms.Length
            && quote.Lines.All(l => l.Amount >= 0 && l.Reduction >= 0 && l.Amount + l.Reduction == l.Full)
            && quote.Total == quote.Lines.Sum(l => (decimal)l.Amount) && quote.Total <= quote.Full
            && quote.Lines.Zip(s.Terms).All(p => p.First.Full == p.Second.FullAmount());
    });

    [Fact]
    public void The_best_of_the_policies_counts_exactly_rounded_down() => Situations.Sample(s =>
    {
        var counting = s.Claims.GroupBy(c => c.Category).Where(g => g.First().Counts).Select(g => g.Key).ToHashSet();
        var percent = s.Policies.Where(p => p.Category is null || counting.Contains(p.Category)).Select(p => p.Percent).DefaultIfEmpty(0).Max();
        return new FeeQuoter(s.Policies).Quote(In(s.Terms, claims: s.Claims)).Lines.All(l => l.Amount == (long)((Int128)l.Full * (100 - percent) / 100));
    });

    [Fact]
    public void The_order_of_the_policies_changes_nothing() => Gen.Select(Situations, Gen.Int[0, 1000]).Sample((s, seed) =>
    {
        // Two policies of one code would be told apart by nothing.
        var distinct = s.Policies.DistinctBy(p => p.Id).ToArray();
        var shuffled = distinct.ToArray();
        new Random(seed).Shuffle(shuffled);
        var (one, other) = (new FeeQuoter(distinct).Quote(In(s.Terms, claims: s.Claims)), new FeeQuoter(shuffled).Quote(In(s.Terms, claims: s.Claims)));
        return one.Lines.Zip(other.Lines).All(p => (p.First.Amount, p.First.ReductionRule, p.First.ExplanationVi) == (p.Second.Amount, p.Second.ReductionRule, p.Second.ExplanationVi));
    });

    [Fact]
    public void A_refused_claim_never_costs_less_and_the_help_says_what_it_would() => Situations.Sample(s =>
    {
        var refused = s.Claims.Select(c => c with { Accepted = false }).ToArray();
        var (with, without) = (new FeeQuoter(s.Policies).Quote(In(s.Terms, claims: s.Claims)), new FeeQuoter(s.Policies).Quote(In(s.Terms, claims: refused)));
        return with.Lines.Zip(without.Lines).All(p => p.First.Amount <= p.Second.Amount) && without.Lines.All(l => l.Helps.All(h => h.Amount < l.Amount && h.Amount >= 0));
    });

    [Fact]
    public void Shares_add_up_to_the_payment_whatever_the_order_of_its_items() => Gen.Select(Items, Gen.Int[0, 1000]).Sample((items, seed) =>
    {
        var shuffled = items.ToArray();
        new Random(seed).Shuffle(shuffled);
        var shares = FeeShare.Of(Some.Account, items);
        return shares.Sum(s => s.Amount) == items.Sum(i => i.Amount) && shares.SequenceEqual(FeeShare.Of(Some.Account, shuffled))
            && shares.All(s => s.Account.StartsWith($"due:{Some.Account.Bin}:{Some.Account.Account}:", StringComparison.Ordinal)) && shares.Select(s => s.Account).Distinct().Count() == shares.Count;
    });

    [Fact]
    public void Partial_refunds_take_everything_back_exactly_and_no_account_below_zero() => Gen.Select(Items, Gen.Long[1, 3_000_000].Array[1, 10]).Sample((items, refunds) =>
    {
        var shares = FeeShare.Of(Some.Account, items);
        var taken = new Dictionary<string, long>();
        var left = shares.Sum(s => s.Amount);
        foreach (var refund in refunds.Append(long.MaxValue).Select(r => Math.Min(r, left)))
        {
            var parts = FeeShare.TakeBack(shares, taken, refund);
            if (parts.Sum(p => p.Amount) != refund || parts.Any(p => p.Amount <= 0))
                return false;
            foreach (var part in parts)
                taken[part.Account] = taken.GetValueOrDefault(part.Account) + part.Amount;
            left -= refund;
            if (shares.Any(s => s.Amount < taken.GetValueOrDefault(s.Account)))
                return false;
        }
        return left == 0 && taken.Values.Sum() == items.Sum(i => i.Amount);
    });

    [Fact]
    public void An_item_owed_to_the_collecting_account_itself_has_the_account_it_always_had()
    {
        var item = Some.Item(10) with { OwedBin = Some.Account.Bin, OwedAccount = Some.Account.Account };
        Assert.Equal(LedgerAccount.Due(Some.Account, "lePhi"), LedgerAccount.Due(Some.Account, item));
        Assert.Equal("due:970436:0011000000001:lePhi:970405:3511", LedgerAccount.Due(Some.Account, item with { OwedBin = "970405", OwedAccount = "3511" }));
    }
}
