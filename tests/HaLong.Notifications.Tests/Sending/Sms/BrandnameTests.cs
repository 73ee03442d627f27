using HaLong.Notifications.Sending.Sms;

namespace HaLong.Notifications.Tests.Sending.Sms;

/// <summary>Decree 91/2020, article 23.</summary>
public sealed class BrandnameTests
{
    [Theory]
    [InlineData("HALONG")]
    [InlineData("Ha Long")]
    [InlineData("DVC-QN_1.2")]
    [InlineData("A")]
    [InlineData("12345678901", false)]
    [InlineData("1", false)]
    [InlineData("UBND HaLong")]
    [InlineData("UBND Ha Long", false)]
    [InlineData("", false)]
    [InlineData(" HALONG", false)]
    [InlineData("HALONG ", false)]
    [InlineData("HạLong", false)]
    [InlineData("HALONG!", false)]
    [InlineData("HALONG\n", false)]
    [InlineData("ＨＡ", false)]
    [InlineData("1.2")]
    public void A_sender_name_is_short_latin_and_not_only_digits(string name, bool valid = true) => Assert.Equal(valid, Brandname.IsValid(name));
}
