using CsCheck;
using HaLong.Payments.Money;

namespace HaLong.Payments.Tests.Money;

public sealed class AmountInWordsTests
{
    [Theory]
    [InlineData(0, "Không đồng")]
    [InlineData(1, "Một đồng")]
    [InlineData(4, "Bốn đồng")]
    [InlineData(5, "Năm đồng")]
    [InlineData(10, "Mười đồng")]
    [InlineData(11, "Mười một đồng")]
    [InlineData(14, "Mười bốn đồng")]
    [InlineData(15, "Mười lăm đồng")]
    [InlineData(20, "Hai mươi đồng")]
    [InlineData(21, "Hai mươi mốt đồng")]
    [InlineData(24, "Hai mươi tư đồng")]
    [InlineData(25, "Hai mươi lăm đồng")]
    [InlineData(91, "Chín mươi mốt đồng")]
    [InlineData(94, "Chín mươi tư đồng")]
    [InlineData(100, "Một trăm đồng")]
    [InlineData(101, "Một trăm linh một đồng")]
    [InlineData(104, "Một trăm linh bốn đồng")]
    [InlineData(105, "Một trăm linh năm đồng")]
    [InlineData(110, "Một trăm mười đồng")]
    [InlineData(111, "Một trăm mười một đồng")]
    [InlineData(115, "Một trăm mười lăm đồng")]
    [InlineData(121, "Một trăm hai mươi mốt đồng")]
    [InlineData(555, "Năm trăm năm mươi lăm đồng")]
    [InlineData(1_000, "Một nghìn đồng")]
    [InlineData(1_001, "Một nghìn không trăm linh một đồng")]
    [InlineData(1_010, "Một nghìn không trăm mười đồng")]
    [InlineData(1_021, "Một nghìn không trăm hai mươi mốt đồng")]
    [InlineData(2_000, "Hai nghìn đồng")]
    [InlineData(8_500, "Tám nghìn năm trăm đồng")]
    [InlineData(15_000, "Mười lăm nghìn đồng")]
    [InlineData(21_000, "Hai mươi mốt nghìn đồng")]
    [InlineData(105_000, "Một trăm linh năm nghìn đồng")]
    [InlineData(150_000, "Một trăm năm mươi nghìn đồng")]
    [InlineData(1_000_000, "Một triệu đồng")]
    [InlineData(1_000_005, "Một triệu không trăm linh năm đồng")]
    [InlineData(1_005_000, "Một triệu không trăm linh năm nghìn đồng")]
    [InlineData(1_234_567, "Một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng")]
    [InlineData(20_024_014, "Hai mươi triệu không trăm hai mươi tư nghìn không trăm mười bốn đồng")]
    [InlineData(1_000_000_000, "Một tỷ đồng")]
    [InlineData(1_000_000_001, "Một tỷ không trăm linh một đồng")]
    [InlineData(2_000_150_000, "Hai tỷ một trăm năm mươi nghìn đồng")]
    [InlineData(1_000_000_000_000, "Một nghìn tỷ đồng")]
    [InlineData(1_000_000_000_001, "Một nghìn tỷ không trăm linh một đồng")]
    [InlineData(9_999_999_999_999, "Chín nghìn chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín đồng")]
    [InlineData(1_000_000_000_000_000_000, "Một tỷ tỷ đồng")]
    [InlineData(-150_000, "Âm một trăm năm mươi nghìn đồng")]
    [InlineData(-5, "Âm năm đồng")]
    public void An_amount_is_read_as_people_read_it(long amount, string words) => Assert.Equal(words, AmountInWords.Of(amount));

    [Theory]
    [InlineData(105, "Một trăm lẻ năm đồng")]
    [InlineData(1_000_001, "Một triệu không trăm lẻ một đồng")]
    [InlineData(124, "Một trăm hai mươi tư đồng")]
    public void The_south_has_another_word_for_a_zero_in_the_tens(long amount, string words) =>
        Assert.Equal(words, AmountInWords.Of(amount, Dialect.Southern));

    [Fact]
    public void Words_read_back_are_the_amount() => Gen.Long[1, 999_999_999_999_999].Sample(
        amount => Assert.Equal(amount, WordReader.Read(AmountInWords.Of(amount))), iter: 20_000);

    [Fact]
    public void Small_amounts_all_read_back_and_no_two_are_alike()
    {
        var words = Enumerable.Range(0, 100_000).Select(i => AmountInWords.Of(i)).ToList();

        Assert.Equal(words.Count, words.Distinct().Count());
        Assert.All(words.Select((w, i) => (w, i)).Skip(1), x => Assert.Equal(x.i, WordReader.Read(x.w)));
        Assert.All(words, w => Assert.DoesNotContain("  ", w, StringComparison.Ordinal));
    }

    [Fact]
    public void The_largest_and_the_smallest_number_have_words()
    {
        Assert.StartsWith("Chín tỷ hai trăm hai mươi ba triệu", AmountInWords.Of(long.MaxValue), StringComparison.Ordinal);
        Assert.StartsWith("Âm chín tỷ hai trăm hai mươi ba triệu", AmountInWords.Of(long.MinValue), StringComparison.Ordinal);
    }
}
