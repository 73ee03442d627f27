using HaLong.Identity.Domain;
using HaLong.Identity.SignIn;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Tests.Domain;

public sealed class SmallThingsTests
{
    [Theory]
    [InlineData("022185000123", true)]
    [InlineData("02218500012", false)]
    [InlineData("0221850001234", false)]
    [InlineData("02218500012a", false)]
    [InlineData("٠٢٢١٨٥٠٠٠١٢٣", false)]
    [InlineData(null, false)]
    public void A_personal_number_has_twelve_digits(string? text, bool valid) =>
        Assert.Equal(valid, PersonalNumber.TryParse(text) is not null);

    [Fact]
    public void A_personal_number_prints_masked() =>
        Assert.Equal("022*******23", $"{PersonalNumber.TryParse("022185000123")}");

    [Theory]
    [InlineData("citizen", "citizen", "online")]
    [InlineData("organisation", "organisation", "online")]
    [InlineData("helper", "helper", "assisted")]
    [InlineData("officer", "official", "counter")]
    [InlineData("administrator", "official", "counter")]
    public void Kind_and_channel_follow_from_the_role(string role, string kind, string channel)
    {
        var account = Account.Register(Guid.CreateVersion7(), "Ai Đó", "Ai Đó", [role], default);
        Assert.Equal((kind, channel), (account.Kind, account.Channel));
        Assert.Equal("AI ĐÓ", account.NormalizedUserName);
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/connect/authorize?a=https://x", true)]
    [InlineData("", false)]
    [InlineData("x", false)]
    [InlineData("//x", false)]
    [InlineData("/\\x", false)]
    [InlineData("/a\\x", false)]
    [InlineData("/\n/x", false)]
    [InlineData("http://x", false)]
    public void A_local_address_stays_on_this_site(string url, bool local) => Assert.Equal(local, LocalUrl.IsLocal(url));

    [Fact]
    public void Html_encodes_text_and_keeps_html()
    {
        Assert.Equal("<p title=\"&quot;&lt;\">Hạ Long &amp; <b>x</b></p>", Html.Of($"<p title=\"{"\"<"}\">{"Hạ Long &"} {new Html("<b>x</b>")}</p>").Text);
        Assert.Equal("", Html.Of($"{(string?)null}").Text);
    }

    [Fact]
    public void Every_error_has_a_code_of_its_own_and_speaks_both_languages()
    {
        var errors = typeof(IdentityErrors).GetFields().Select(f => f.GetValue(null)).OfType<Error>().ToList();

        Assert.Equal(errors.Count, errors.Select(e => e.Code).Distinct().Count());
        Assert.All(errors, e => Assert.StartsWith("IDN-", e.Code, StringComparison.Ordinal));
        Assert.All(errors, e => Assert.NotEqual(e.Vi, e.En));
    }
}
