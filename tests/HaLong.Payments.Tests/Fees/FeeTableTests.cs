using HaLong.Payments.Fees;
using static HaLong.Payments.Tests.Fees.Quotes;

namespace HaLong.Payments.Tests.Fees;

/// <summary>Roundings one by one, and the policies as data.</summary>
public sealed class FeeTableTests
{
    [Theory]
    [InlineData(0, 50, 0)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 50, 0)]
    [InlineData(1, 99, 0)]
    [InlineData(3, 50, 1)]
    [InlineData(99, 1, 98)]
    [InlineData(100, 1, 99)]
    [InlineData(101, 1, 99)]
    [InlineData(10_001, 33, 6_700)]
    [InlineData(15_000, 30, 10_500)]
    [InlineData(9_999_999_999_999, 1, 9_899_999_999_999)]
    [InlineData(9_999_999_999_999, 50, 4_999_999_999_999)]
    [InlineData(9_999_999_999_999, 0, 9_999_999_999_999)]
    [InlineData(9_999_999_999_999, 100, 0)]
    public void What_a_percentage_leaves_is_rounded_down(long full, int percent, long left) => Assert.Equal(left, FeeAmount.Less(full, percent));

    [Theory]
    [InlineData(0, "0 đồng", "0 đồng")]
    [InlineData(999, "999 đồng", "999 đồng")]
    [InlineData(9_999_999_999_999, "9.999.999.999.999 đồng", "9,999,999,999,999 đồng")]
    public void Amounts_are_grouped_as_each_language_does(long amount, string vi, string en) => Assert.Equal((vi, en), (FeeAmount.Vi(amount), FeeAmount.En(amount)));

    [Fact]
    public void A_tariff_is_never_negative_and_never_more_than_can_be_paid()
    {
        Assert.Equal(FeeAmount.Max, FeeAmount.Of(Term(FeeAmount.Max)).Amount);
        Assert.Throws<OverflowException>(() => FeeAmount.Of(Term(FeeAmount.Max + 1)));
        Assert.Throws<OverflowException>(() => FeeAmount.Of(Term(-1)));
        Assert.Throws<OverflowException>(() => FeeAmount.Of(Term(long.MaxValue, quantity: int.MaxValue)));
    }

    [Fact]
    public void Nobody_is_let_off_everything_everywhere() => Assert.All(FeePolicies.All, p =>
    {
        Assert.NotEmpty(p.Procedures);
        Assert.NotEmpty(p.Kinds);
        // What is free for everybody is so on some way of filing only, and since a day.
        Assert.True(p.Category is not null || (p.Channels.Count > 0 && p.ValidFrom is not null));
    });

    [Fact]
    public void Policies_name_procedures_ways_and_moments_that_can_be() => Assert.All(FeePolicies.All, p =>
    {
        Assert.All(p.Procedures, c => Assert.Matches("^[1-9]\\.[0-9]{6}$", c));
        Assert.Equal(p.Procedures.Distinct(), p.Procedures);
        Assert.All(p.Channels, c => Assert.Contains(c, new[] { "online", "assisted", "counter", "post" }));
        Assert.All(p.Moments, m => Assert.Contains(m, new[] { "atFiling", "atSupplement", "atResult" }));
        Assert.True(p.MinAssurance is null or >= 1 and <= 3);
    });

    [Fact]
    public void A_category_has_one_policy_for_each_procedure() => Assert.All(
        FeePolicies.All.Where(p => p.Category is not null).SelectMany(p => p.Procedures.SelectMany(c => p.Kinds.Select(k => (p.Category, c, k)))).CountBy(x => x), x => Assert.Equal(1, x.Value));

    [Theory]
    [InlineData("2026-11-29", false)]
    [InlineData("2026-11-30", true)]
    [InlineData("2026-12-01", false)]
    public void A_policy_of_one_day_holds_on_it(string day, bool holds)
    {
        var policy = Policy("ONE_DAY", 100) with { ValidFrom = Day, ValidTo = Day };
        Assert.Equal(holds, policy.Fits("lePhi", In([Term()], day: DateOnly.Parse(day, null))));
        Assert.False(policy.Fits("duty", In([Term()], day: DateOnly.Parse(day, null))));
    }

    [Theory]
    [InlineData("970436", "Vietcombank")]
    [InlineData("970400", "SaigonBank")]
    [InlineData("000000", null)]
    [InlineData("", null)]
    public void A_bank_has_a_short_name_in_its_whole_one_and_an_unknown_one_none(string bin, string? name)
    {
        Assert.Equal(name, BankDirectory.ShortName(bin));
        Assert.Equal(name is not null, BankDirectory.Name(bin)?.EndsWith($" ({name})", StringComparison.Ordinal) ?? false);
    }
}
