using System.Net.Http.Headers;
using System.Text.Json;

namespace HaLong.Identity.Tests.Features;

public sealed class GetMeTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task A_citizen_sees_her_account_with_the_personal_number_masked()
    {
        var (me, headers, text) = await MeAsync("citizen");

        Assert.Equal("citizen", me.GetProperty("kind").GetString());
        Assert.Equal("Nguyễn Thị Hạnh", me.GetProperty("displayName").GetString());
        Assert.Equal("022*******23", me.GetProperty("personalNumber").GetString());
        Assert.Equal("citizen@halong.example", me.GetProperty("email").GetString());
        Assert.Equal(JsonValueKind.Null, me.GetProperty("unit").ValueKind);
        Assert.Equal(["citizen"], me.GetProperty("roles").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal($"\"{me.GetProperty("version").GetUInt32()}\"", headers.ETag!.Tag);
        Assert.True(headers.CacheControl!.NoStore);
        Assert.DoesNotContain("022185000123", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_official_sees_the_unit_she_works_for()
    {
        var (me, _, _) = await MeAsync("reception");

        Assert.Equal("official", me.GetProperty("kind").GetString());
        Assert.Equal("06688", me.GetProperty("unit").GetProperty("code").GetString());
        Assert.Equal("Phường Hạ Long", me.GetProperty("unit").GetProperty("nameVi").GetString());
        Assert.Equal("Ha Long Ward", me.GetProperty("unit").GetProperty("nameEn").GetString());
    }

    private async Task<(JsonElement Me, HttpResponseHeaders Headers, string Text)> MeAsync(string userName)
    {
        var browser = site.NewBrowser();
        var tokens = await browser.TokensAsync(userName);
        browser.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.GetProperty("access_token").GetString());
        using var answer = await browser.Http.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return (JsonSerializer.Deserialize<JsonElement>(text), answer.Headers, text);
    }
}
