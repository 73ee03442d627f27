using HaLong.Identity.Federation;
using Microsoft.Extensions.Configuration;

namespace HaLong.Identity.Tests.Federation;

public sealed class ProviderOptionsTests
{
    [Theory]
    [InlineData("Authority", "")]
    [InlineData("Authority", "not an address")]
    [InlineData("ClientId", "")]
    [InlineData("DisplayNameVi", "")]
    [InlineData("DisplayNameEn", "")]
    [InlineData("Scope", "")]
    public void A_provider_that_is_not_complete_stops_the_start_and_names_the_setting(string key, string value)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Provider.Read(Configured((key, value))));
        Assert.Contains($"Federation:Providers:vneid:{key}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VNeID")]
    [InlineData("a")]
    [InlineData("with space")]
    [InlineData("../x")]
    public void A_name_that_would_not_do_in_an_address_is_refused(string name)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Provider.Read(Configured(name: name)));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_map_the_names_are_those_of_the_national_portal()
    {
        var provider = Assert.Single(Provider.Read(Configured()));

        Assert.Equal("/account/external/vneid/callback", provider.CallbackPath);
        Assert.Equal(["SoDinhDanh", "HoVaTen", "NgayThangNamSinh", "SoDienThoai", "ThuDienTu", "LoaiTaiKhoan", "loAs"], provider.Options.ClaimMap.Names);
    }

    [Theory]
    [InlineData("2", "2", true)]
    [InlineData("2", "1", false)]
    [InlineData("2", null, false)]
    [InlineData("loa2 loa3", "LOA3", true)]
    [InlineData("loa2", "loa", false)]
    public void The_values_that_mean_verified_are_configured(string values, string? assurance, bool verified) =>
        Assert.Equal(verified, Assert.Single(Provider.Read(Configured(("VerifiedValues", values)))).Verifies(assurance));

    [Fact]
    public void Without_providers_there_is_nothing_to_read() => Assert.Empty(Provider.Read(new ConfigurationBuilder().Build()));

    private static IConfiguration Configured((string Key, string Value)? change = null, string name = "vneid")
    {
        var settings = new Dictionary<string, string?>
        {
            ["Authority"] = "https://sso.example",
            ["ClientId"] = "halong",
            ["DisplayNameVi"] = "Cổng",
            ["DisplayNameEn"] = "Portal",
        };
        if (change is { } c)
            settings[c.Key] = c.Value;
        return new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Federation:Providers:{name}:{s.Key}", s.Value))).Build();
    }
}
