using HaLong.Dossiers.Contracts;
using HaLong.Payments.Fees;
using static HaLong.Payments.Tests.Fees.Quotes;

namespace HaLong.Payments.Tests.Fees;

public sealed class FeeQuoterTests
{
    [Fact]
    public void A_fixed_fee_is_what_the_tariff_says_in_words_too()
    {
        var line = One(In([Term(10_000)]));
        Assert.Equal((10_000, 10_000, 0, "fixed", null), (line.Full, line.Amount, line.Reduction, line.Rule, line.ReductionRule));
        Assert.Equal(("Mức thu: 10.000 đồng (mỗi lần).", "Tariff: 10,000 đồng (mỗi lần)."), (line.ExplanationVi, line.ExplanationEn));
    }

    [Fact]
    public void A_fee_for_each_case_is_multiplied()
    {
        var line = One(In([Term(8_000, quantity: 5)]));
        Assert.Equal((40_000, "perUnit", "5 × 8.000 đồng = 40.000 đồng (mỗi lần)."), (line.Full, line.Rule, line.ExplanationVi));
    }

    [Theory]
    [InlineData(1, 1, 2_000)]
    [InlineData(2, 1, 4_000)]
    [InlineData(3, 1, 5_000)]
    [InlineData(7, 1, 9_000)]
    [InlineData(198, 1, 200_000)]
    [InlineData(199, 1, 200_000)] // the limit of one copy
    [InlineData(500, 3, 600_000)]
    [InlineData(7, 10, 90_000)]
    public void Pages_cost_less_from_the_third_and_a_copy_has_a_limit(int pages, int copies, long expected)
    {
        var line = One(In([Pages(pages, copies)], Copies, "counter"));
        Assert.Equal((expected, "perPage"), (line.Amount, line.Rule));
        Assert.Equal(pages > 198, line.ExplanationEn.Contains("at most 200,000 đồng a copy", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(100, 100_001, 0)]
    [InlineData(50, 99_999, 49_999)]
    [InlineData(33, 10_000, 6_700)]
    [InlineData(1, 1, 0)] // less than one đồng is not charged
    [InlineData(30, 0, 0)]
    public void A_percentage_is_rounded_down_to_whole_dong(int percent, long full, long expected) =>
        Assert.Equal(expected, One(In([Term(full)]), Policy("A", percent)).Amount);

    [Fact]
    public void Of_overlapping_policies_the_best_counts_and_they_are_not_added_up()
    {
        var line = One(In([Term(100_000)], claims: Claim("disabled")), Policy("HALF", 50), Policy("THIRTY", 30), Policy("SIXTY", 60, "disabled"));
        Assert.Equal((40_000, "SIXTY", "Nghị quyết SIXTY"), (line.Amount, line.ReductionRule, line.Source));
        Assert.Contains("Chính sách SIXTY: giảm 60%, còn 40.000 đồng (Nghị quyết SIXTY).", line.ExplanationVi, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_equal_policies_the_published_one_counts_and_then_the_first_by_code()
    {
        FeePolicy[] policies = [Policy("B", 50), Policy("A", 50) with { Assumed = true }, Policy("C", 50)];
        Assert.Equal("B", One(In([Term()]), policies).ReductionRule);
        Assert.Equal("B", One(In([Term()]), [.. policies.Reverse()]).ReductionRule);
    }

    [Fact]
    public void An_exemption_of_the_procedure_counts_like_a_policy()
    {
        var term = Term(50_000, exemptions: new FeeTermExemption("poorHousehold", 100, "Sổ hộ nghèo", "Poor household book", "Nghị quyết 1", false));
        var line = One(In([term], claims: Claim("poorHousehold")), Policy("HALF", 50));
        Assert.Equal((0, "PROCEDURE:poorHousehold", "Nghị quyết 1"), (line.Amount, line.ReductionRule, line.Source));
    }

    [Theory]
    [InlineData(0, null, true, false)] // claimed without a paper
    [InlineData(1, false, true, true)] // refused
    public void A_claim_that_is_not_proven_is_charged_in_full_and_the_line_says_what_would_help(int documents, bool? accepted, bool claimed, bool refused)
    {
        var line = One(In([Term(20_000)], claims: Claim("disabled", accepted, documents)), Policy("D", 100, "disabled"));
        var help = Assert.Single(line.Helps);
        Assert.Equal((20_000, null), (line.Amount, line.ReductionRule));
        Assert.Equal(("disabled", 0L, "Giấy disabled", claimed, refused, "D"), (help.Category, help.Amount, help.EvidenceVi, help.Claimed, help.Refused, help.Rule));
        Assert.Contains("Giấy disabled", line.ExplanationVi, StringComparison.Ordinal);
        Assert.Contains(refused ? "Evidence not accepted: Paper disabled." : "Needed to pay 0 đồng only: Paper disabled.", line.ExplanationEn, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(1, true)]
    public void A_claim_counts_with_a_document_until_it_is_refused(int documents, bool? accepted) =>
        Assert.Equal(0, One(In([Term(20_000)], claims: Claim("disabled", accepted, documents)), Policy("D", 100, "disabled")).Amount);

    [Fact]
    public void What_nobody_claims_is_named_as_a_help_but_not_in_the_explanation()
    {
        var line = One(In([Term(20_000)]), Policy("D", 100, "disabled"), Policy("P", 50, "poorHousehold"), Policy("Q", 40, "poorHousehold"));
        Assert.Equal([("disabled", 0L, false), ("poorHousehold", 10_000L, false)], line.Helps.Select(h => (h.Category, h.Amount, h.Claimed)));
        Assert.DoesNotContain("Giấy", line.ExplanationVi, StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_that_would_change_nothing_is_not_asked_for() =>
        Assert.Empty(One(In([Term(20_000)]), Policy("ZERO", 100), Policy("D", 100, "disabled")).Helps);

    [Theory]
    [InlineData("counter", "2026-11-30", 2, "atFiling", "phi")]
    [InlineData("online", "2026-08-14", 2, "atFiling", "phi")]
    [InlineData("online", "2027-03-01", 2, "atFiling", "phi")]
    [InlineData("online", "2026-11-30", 1, "atFiling", "phi")]
    [InlineData("online", "2026-11-30", 2, "atResult", "phi")]
    [InlineData("online", "2026-11-30", 2, "atFiling", "lePhi")]
    [InlineData("online", "2026-11-30", 2, "atFiling", "duty")]
    public void A_policy_holds_by_channel_day_identification_moment_and_kind(string channel, string day, int assurance, string moment, string kind)
    {
        var policy = Policy("A", 50) with
        {
            Kinds = ["phi"],
            Channels = ["online"],
            MinAssurance = 2,
            Moments = ["atFiling"],
            ValidFrom = new DateOnly(2026, 8, 15),
            ValidTo = new DateOnly(2027, 2, 28),
        };
        Assert.Equal(10_000, One(In([Term(10_000, kind)], channel: channel, day: DateOnly.Parse(day, null), assurance: assurance, moment: moment), policy).Amount);
        Assert.Equal(5_000, One(In([Term(10_000, "phi")], assurance: 2), policy).Amount);
        Assert.Equal(5_000, One(In([Term(10_000, "phi")], assurance: 2, day: new DateOnly(2026, 8, 15)), policy).Amount);
        Assert.Equal(5_000, One(In([Term(10_000, "phi")], assurance: 2, day: new DateOnly(2027, 2, 28)), policy).Amount);
        Assert.Equal(10_000, One(In([Term(10_000, "phi")], "x", assurance: 2), policy with { Procedures = [Residence] }).Amount);
    }

    [Fact]
    public void What_an_official_demands_in_so_many_dong_is_not_lessened()
    {
        var line = Assert.Single(FeeQuoter.AsDemanded([new FeeItem("phi", "Phí", 70_000, true)]).Lines);
        Assert.Equal((70_000, 70_000, "asDemanded", true), (line.Full, line.Amount, line.Rule, line.Assumed));
    }

    [Fact]
    public void More_than_a_payment_can_be_is_no_fee() =>
        Assert.Throws<OverflowException>(() => One(In([Term(FeeAmount.Max, quantity: 2)])));

    [Fact]
    public void Waived_means_that_something_would_have_been_due()
    {
        Assert.True(new FeeQuoter([Policy("A", 100)]).Quote(In([Term(), Term(5_000, "phi")])).IsWaived);
        Assert.False(new FeeQuoter([]).Quote(In([Term(0)])).IsWaived);
        Assert.False(new FeeQuoter([]).Quote(In([])).IsWaived);
        Assert.False(new FeeQuoter([Policy("A", 100)]).Quote(In([Term(), Term(1, "duty")])).IsWaived);
    }
}
