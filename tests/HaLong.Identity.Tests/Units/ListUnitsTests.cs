using System.Net;
using System.Text.Json;

namespace HaLong.Identity.Tests.Units;

public sealed class ListUnitsTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task Before_July_2025_the_city_had_its_wards_under_it()
    {
        Assert.Equal(33, (await AllAsync("at=2024-10-31&parent=193")).Count);
        Assert.Equal(32, (await AllAsync("at=2024-11-01&parent=193")).Count);
        Assert.Equal(32, (await AllAsync("at=2025-06-30&parent=193")).Count);
        Assert.Contains(await AllAsync("at=2025-06-30&level=district"), u => Code(u) == "193");
    }

    [Fact]
    public async Task From_July_2025_there_are_54_units_right_under_the_province_and_no_district()
    {
        Assert.Equal(54, (await AllAsync("at=2025-07-01&level=commune&parent=22")).Count);
        Assert.Empty(await AllAsync("at=2025-07-01&level=district"));
        Assert.Empty(await AllAsync("at=2025-07-01&parent=193"));
        Assert.Single(await AllAsync("at=2025-07-01&level=province"));
    }

    [Theory]
    [InlineData("2025-06-30", "06676", "Phường Cao Thắng", "06676@2020-01-01")]
    [InlineData("2025-07-01", "06676", "Phường Hà Lầm", "06676@2025-07-01")]
    [InlineData("2025-06-30", "06688", "Phường Hồng Hải", "06688@2020-01-01")]
    [InlineData("2025-07-01", "06688", "Phường Hạ Long", "06688@2025-07-01")]
    public async Task One_code_means_different_units_on_different_days(string at, string code, string name, string id)
    {
        var unit = Assert.Single(await AllAsync($"at={at}"), u => Code(u) == code);

        Assert.Equal(name, unit.GetProperty("nameVi").GetString());
        Assert.Equal(id, unit.GetProperty("id").GetString());
        Assert.Equal(at == "2025-07-01", unit.GetProperty("validFromConfirmed").GetBoolean());
    }

    [Fact]
    public async Task Without_a_day_it_is_today() =>
        Assert.Equal((await AllAsync("at=" + TimeProvider.System.GetUtcNow().AddHours(7).ToString("yyyy-MM-dd", null))).Count, (await AllAsync("")).Count);

    [Theory]
    [InlineData("ha long", "06688")]
    [InlineData("HẠ LONG", "06688")]
    [InlineData("phuong ha lam", "06676")]
    [InlineData("Hà Lầm", "06676")]
    [InlineData("ward lam ha", "06676")]
    [InlineData("dac khu co to", "07192")]
    [InlineData("06688", "06688")]
    public async Task Search_ignores_diacritics_case_and_order_of_words(string query, string code) =>
        Assert.Equal([code], (await AllAsync("at=2025-07-01&q=" + Uri.EscapeDataString(query))).Select(Code));

    [Theory]
    [InlineData("%")]
    [InlineData("_____")]
    [InlineData("no such place")]
    [InlineData("'; DROP TABLE unit; --")]
    public async Task Search_takes_signs_as_signs(string query) =>
        Assert.Empty(await AllAsync("q=" + Uri.EscapeDataString(query)));

    [Fact]
    public async Task Pages_cover_everything_once_in_order()
    {
        var codes = new List<string>();
        var after = "";
        do
        {
            var page = await PageAsync($"at=2025-07-01&limit=7{after}");
            Assert.InRange(page.GetProperty("items").GetArrayLength(), 1, 7);
            codes.AddRange(page.GetProperty("items").EnumerateArray().Select(Code));
            after = page.GetProperty("after").GetString() is { } cursor ? "&after=" + cursor : "";
        }
        while (after.Length > 0);

        Assert.Equal(55, codes.Count);
        Assert.Equal(codes.Distinct().Order(StringComparer.Ordinal), codes);
    }

    [Theory]
    [InlineData("at=01/07/2025", "IDN-0002")]
    [InlineData("at=2025-02-30", "IDN-0002")]
    [InlineData("level=village", "IDN-0003")]
    [InlineData("limit=0", "CMN-0400")]
    [InlineData("limit=1000", "CMN-0400")]
    [InlineData("after=rubbish!", "CMN-0400")]
    public async Task A_question_that_makes_no_sense_is_refused(string query, string code)
    {
        using var answer = await site.NewBrowser().Http.GetAsync(new Uri("/api/v1/units?" + query, UriKind.Relative), TestContext.Current.CancellationToken);
        var problem = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Anybody_may_ask_and_the_answer_may_be_cached()
    {
        using var answer = await site.NewBrowser().Http.GetAsync(new Uri("/api/v1/units?at=2025-07-01&limit=1", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.Public);
    }

    private static string Code(JsonElement unit) => unit.GetProperty("code").GetString()!;

    private async Task<List<JsonElement>> AllAsync(string query)
    {
        var page = await PageAsync("limit=100&" + query);
        Assert.Equal(JsonValueKind.Null, page.GetProperty("after").ValueKind);
        return [.. page.GetProperty("items").EnumerateArray()];
    }

    private async Task<JsonElement> PageAsync(string query) =>
        await Browser.OkAsync(await site.NewBrowser().Http.GetAsync(new Uri("/api/v1/units?" + query, UriKind.Relative)));
}
