using System.Text;
using HaLong.Identity.Factors;

namespace HaLong.Identity.Tests.Factors;

public sealed class TotpTests
{
    /// <summary>Secret of the test vectors in RFC 6238, appendix B, and RFC 4226, appendix D.</summary>
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void The_vectors_of_RFC_6238_hold(long seconds, string code)
    {
        var step = Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds));

        Assert.Equal(code, Totp.Code(Secret, step, digits: 8));
        Assert.Equal(code[2..], Totp.Code(Secret, step));
    }

    [Theory]
    [InlineData(0, "755224")]
    [InlineData(1, "287082")]
    [InlineData(5, "254676")]
    [InlineData(9, "520489")]
    public void The_vectors_of_RFC_4226_hold(long counter, string code) => Assert.Equal(code, Totp.Code(Secret, counter));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_clock_may_be_one_step_off_and_no_more(int steps, bool accepted)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        var step = Totp.StepAt(now) + steps;

        Assert.Equal(accepted ? step : null, Totp.Match(Secret, Totp.Code(Secret, step), now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("abcdef")]
    [InlineData("１２３４５６")]
    public void What_is_no_code_never_matches(string code) => Assert.Null(Totp.Match(Secret, code, DateTimeOffset.UnixEpoch));

    [Theory]
    [InlineData("", "")]
    [InlineData("MY", "f")]
    [InlineData("MZXQ", "fo")]
    [InlineData("MZXW6", "foo")]
    [InlineData("MZXW6YQ", "foob")]
    [InlineData("MZXW6YTB", "fooba")]
    [InlineData("MZXW6YTBOI", "foobar")]
    [InlineData("mzxw6ytboi", "foobar")]
    public void The_vectors_of_RFC_4648_hold(string text, string value) => Assert.Equal(value, Encoding.ASCII.GetString(Totp.FromBase32(text)));

    [Fact]
    public void A_letter_outside_the_alphabet_is_refused() => Assert.Throws<FormatException>(() => Totp.FromBase32("MZXW1"));

    [Fact]
    public void The_address_for_the_app_names_platform_account_and_parameters()
    {
        var uri = new Uri(Totp.Uri("Dịch vụ công Hạ Long", "citizen@example", "MZXW6"));

        Assert.Equal("otpauth", uri.Scheme);
        Assert.Equal("totp", uri.Host);
        Assert.Equal("/Dịch vụ công Hạ Long:citizen@example", Uri.UnescapeDataString(uri.AbsolutePath));
        var query = Browser.Query(uri);
        Assert.Equal(("MZXW6", "Dịch vụ công Hạ Long", "SHA1", "6", "30"), (query["secret"], query["issuer"], query["algorithm"], query["digits"], query["period"]));
    }

    [Fact]
    public void The_QR_code_is_a_drawing_without_style_or_script()
    {
        var svg = QrSvg.Of("otpauth://totp/x?secret=MZXW6").Text;

        Assert.StartsWith("<svg role=\"img\" aria-label=", svg.Trim(), StringComparison.Ordinal);
        Assert.DoesNotContain("style", svg, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", svg, StringComparison.OrdinalIgnoreCase);
    }
}
