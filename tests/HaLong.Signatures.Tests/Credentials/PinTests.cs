using HaLong.Signatures.Domain;

namespace HaLong.Signatures.Tests.Credentials;

/// <summary>What may be a PIN, and what wrong ones cost.</summary>
public sealed class PinTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("482913")]
    [InlineData("738291046512")]
    [InlineData("mật khẩu dài")]
    [InlineData("correct horse battery")]
    [InlineData("a😀bcdefghijkl")]
    public void These_are_good(string pin) => Assert.Null(PinRules.WhyNot(pin));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("48291")]
    [InlineData("7382910465123")]
    [InlineData("000000")]
    [InlineData("123456")]
    [InlineData("890123")]
    [InlineData("654321")]
    [InlineData("321098")]
    [InlineData("121212")]
    [InlineData("112112")]
    [InlineData("738738")]
    [InlineData("111222")]
    [InlineData("19841985")]
    [InlineData("48291a")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abcabcabcabc")]
    [InlineData("mật khẩu\ndài hơn")]
    public void These_are_not(string? pin) => Assert.Equal("SIG-0221", PinRules.WhyNot(pin)?.Code);

    [Fact]
    public void Half_a_character_is_none()
    {
        foreach (var pin in new[] { "\uD83Dabcdefghijkl", "abcdefghijkl\uDE00", "abcdef\uD83Dghijkl" })
        {
            Assert.Equal("SIG-0221", PinRules.WhyNot(pin)?.Code);
            Assert.False(PinRules.CouldBe(pin));
        }
    }

    [Fact]
    public void A_passphrase_has_an_end() => Assert.NotNull(PinRules.WhyNot(string.Concat(Enumerable.Repeat("abcdefghij", 13))));

    [Fact]
    public void However_a_keyboard_composes_it_the_text_is_the_same() =>
        Assert.Equal(PinRules.Normalise("mật khẩu"), PinRules.Normalise("mật khẩu".Normalize(System.Text.NormalizationForm.FormD)));

    [Fact]
    public void Waits_double_from_one_second_and_the_tenth_wrong_one_locks()
    {
        var (guard, now) = (new PinGuard(), Now);
        for (var i = 1; i <= 9; i++)
        {
            Assert.Null(guard.WhyNot(now));
            var error = guard.Wrong(now);
            Assert.Equal(("SIG-0222", 1 << (i - 1)), (error.Code, error.RetryAfterSeconds));
            Assert.Contains($"{10 - i} tries", error.En, StringComparison.Ordinal);
            var early = guard.WhyNot(now + TimeSpan.FromSeconds((1 << (i - 1)) - 0.5));
            Assert.Equal(("SIG-0223", 1), (early?.Code, early?.RetryAfterSeconds));
            now += TimeSpan.FromSeconds(1 << (i - 1));
        }

        Assert.Equal("SIG-0224", guard.Wrong(now).Code);
        Assert.True(guard.IsLocked);
        Assert.Equal("SIG-0224", guard.WhyNot(now.AddYears(1))?.Code);
    }

    [Fact]
    public void A_right_one_forgets_wrong_ones()
    {
        var guard = new PinGuard();
        guard.Wrong(Now);
        guard.Wrong(Now);
        guard.Right();
        Assert.Null(guard.WhyNot(Now));
        Assert.Equal(1, guard.Wrong(Now).RetryAfterSeconds);
    }
}
