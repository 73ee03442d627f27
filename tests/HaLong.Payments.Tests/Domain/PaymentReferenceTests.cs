using CsCheck;
using HaLong.Payments.Domain;

namespace HaLong.Payments.Tests.Domain;

public sealed class PaymentReferenceTests
{
    [Fact]
    public void A_reference_has_twelve_characters_that_nobody_confuses()
    {
        for (var i = 0; i < 1_000; i++)
            Assert.Matches("^HL[0-9A-HJKMNP-TV-Z]{10}$", PaymentReference.Create());
    }

    [Fact]
    public void References_do_not_repeat() =>
        Assert.Equal(10_000, Enumerable.Range(0, 10_000).Select(_ => PaymentReference.Create()).Distinct().Count());

    [Theory]
    [InlineData("HLQ7K3M9XW2P")]
    [InlineData("hlq7k3m9xw2p")]
    [InlineData("  HL Q7K3 M9XW 2P ")]
    [InlineData("MBVCB.1234.HLQ7K3M9XW2P.CT tu 0011 toi 0022")]
    [InlineData("CT DEN:123HLQ7K3M9XW2PLE PHI DAT DAI")]
    [InlineData("HLHLQ7K3M9XW2P")]
    [InlineData("HL\tQ7K3M9\nXW2P")]
    public void A_reference_is_found_whatever_its_case_and_spacing(string text) => Assert.Contains("HLQ7K3M9XW2P", PaymentReference.FindIn(text));

    [Theory]
    [InlineData("")]
    [InlineData("HL")]
    [InlineData("HLQ7K3M9XW2")]
    [InlineData("HLQ7K3M9-XW2P")]
    [InlineData("HLQ7K3M9XW2U")]
    [InlineData("H-LQ7K3M9XW2P")]
    [InlineData("tra le phi ho so 000.00.01.H49-260715-0001")]
    public void A_cut_or_mistyped_reference_is_not_guessed_at(string text) => Assert.Empty(PaymentReference.FindIn(text));

    [Fact]
    public void Several_references_are_all_found_each_once() => Assert.Equal(
        ["HLQ7K3M9XW2P", "HLAB12CD34EF"], PaymentReference.FindIn("HLQ7K3M9XW2P va HLAB12CD34EF va hlq7k3m9xw2p"));

    [Fact]
    public void Any_text_around_a_reference_leaves_it_to_be_found() => Gen.Select(Gen.String, Gen.String).Sample(
        (before, after) =>
        {
            var reference = PaymentReference.Create();
            Assert.Contains(reference, PaymentReference.FindIn(before + reference + after));
        },
        iter: 5_000);
}
