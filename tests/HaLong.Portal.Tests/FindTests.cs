using System.Net;

namespace HaLong.Portal.Tests;

/// <summary>Home, search and the page of a procedure.</summary>
public sealed class FindTests(City city) : IClassFixture<City>
{
    [Theory]
    [InlineData("vi", "Bạn cần làm gì?", "Sinh con")]
    [InlineData("en", "What do you need?", "Sinh con")]
    public async Task The_home_page_asks_what_is_needed_and_offers_what_happens_in_life(string language, string question, string happens)
    {
        city.Says("procedures/life-events", new[] { Event() });
        using var browser = city.Browser();
        var html = await browser.GetStringAsync("/?culture=" + language, City.Ct);
        Html.IsWellMade(html, language);
        Assert.Contains(question, html, StringComparison.Ordinal);
        Assert.Contains(happens, html, StringComparison.Ordinal);
        Assert.Contains("href=\"/procedures?event=BIRTH\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_home_page_works_while_the_api_is_down()
    {
        city.Refuses("procedures/life-events", 503, "CMN-0503", "Hệ thống bận");
        using var browser = city.Browser();
        using var response = await browser.GetAsync("/", City.Ct);
        var html = await response.Content.ReadAsStringAsync(City.Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Html.IsWellMade(html, "vi");
        Assert.Contains("Hệ thống bận", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/procedures\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_asks_the_api_with_all_that_was_chosen_and_shows_what_it_found()
    {
        city.Says("procedures", Found(1, "x+y"));
        using var browser = city.Browser();
        var html = await browser.GetStringAsync("/procedures?q=khai%20sinh&field=CIVIL&event=BIRTH", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains(city.Requests, r => r.Path == "procedures?q=khai%20sinh&field=CIVIL&lifeEvent=BIRTH&limit=20");
        Assert.Contains("href=\"/procedures/1.001193\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"khai sinh\"", html, StringComparison.Ordinal);
        // The next page is the same search, further on; the chosen field can be taken back.
        Assert.Contains("href=\"/procedures?q=khai%20sinh&amp;field=CIVIL&amp;event=BIRTH&amp;after=x%2By\"", html, StringComparison.Ordinal);
        Assert.Contains("aria-current=\"true\" href=\"/procedures?q=khai%20sinh&amp;event=BIRTH\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_that_finds_nothing_says_so_and_helps_on()
    {
        city.Says("procedures", new { items = Array.Empty<object>(), total = 0, matching = "none", facets = Facets(), suggestions = new[] { "khai sinh" } });
        using var browser = city.Browser();
        var html = await browser.GetStringAsync("/procedures?q=kahi", City.Ct);
        Assert.Contains("Không tìm thấy thủ tục nào.", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/procedures?q=khai%20sinh\"", html, StringComparison.Ordinal);
        Assert.Contains("Hãy thử ít từ hơn", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_typed_is_text_and_nothing_else()
    {
        city.Says("procedures", Found(1, null));
        using var browser = city.Browser();
        var html = await browser.GetStringAsync("/procedures?q=" + Uri.EscapeDataString("\"><script>alert(1)</script>" + new string('a', 400)), City.Ct);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.Contains("&quot;&gt;&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.All(city.Requests.Where(r => r.Path.StartsWith("procedures?q=%22", StringComparison.Ordinal)), r => Assert.True(r.Path.Length < 400));
    }

    [Theory]
    [InlineData("vi", "Giấy chứng sinh", "8.000 đ", "trong ngày", "nếu có trường hợp này")]
    [InlineData("en", "Giấy chứng sinh", "8.000 đ", "trong ngày", "only in some cases")]
    public async Task A_procedure_says_who_what_how_much_and_how_long(string language, params string[] words)
    {
        city.Says("procedures/1.001193", Procedure());
        using var browser = city.Browser();
        var html = await browser.GetStringAsync("/procedures/1.001193?culture=" + language, City.Ct);
        Html.IsWellMade(html, language);
        Assert.All(words, w => Assert.Contains(w, html, StringComparison.Ordinal));
        Assert.DoesNotContain("Phí cũ", html, StringComparison.Ordinal);
        Assert.Equal(language, city.Requests.Last(r => r.Path == "procedures/1.001193").Language);
    }

    [Fact]
    public async Task A_procedure_that_is_not_there_is_a_page_that_says_so()
    {
        using var browser = city.Browser();
        using var response = await browser.GetAsync("/procedures/9.999999", City.Ct);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("Không tìm thấy trang", await response.Content.ReadAsStringAsync(City.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trouble_of_the_api_is_shown_in_its_words_with_what_support_needs()
    {
        city.Refuses("procedures/2.000002", 503, "DOS-0001", "Đang bận");
        using var browser = city.Browser();
        using var response = await browser.GetAsync("/procedures/2.000002", City.Ct);
        var text = Html.Text(await response.Content.ReadAsStringAsync(City.Ct));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("Đang bận", text, StringComparison.Ordinal);
        Assert.Contains("DOS-0001 · abc", text, StringComparison.Ordinal);
    }

    private static object Event() => new { code = "BIRTH", name = "Sinh con", procedures = new[] { new { code = "1.001193", name = "Đăng ký khai sinh", online = true } } };

    private static object Facets() => new { field = new[] { new { code = "CIVIL", name = "Hộ tịch", count = 6 } }, level = Array.Empty<object>() };

    private static object Found(int total, string? after) => new
    {
        items = new[] { new { code = "1.001193", name = "Đăng ký khai sinh", field = Field(), level = "commune", online = true } },
        after,
        total,
        matching = "exact",
        facets = Facets(),
        suggestions = Array.Empty<string>(),
    };

    private static object Field() => new { code = "CIVIL", vi = "Hộ tịch", en = "Civil status" };

    private static object Procedure() => new
    {
        code = "1.001193",
        name = "Đăng ký khai sinh",
        field = Field(),
        competentAgency = new { code = "x", vi = "Ủy ban nhân dân cấp xã", en = "Commune" },
        subjects = new[] { "citizen" },
        components = new[] { Paper(1, "Tờ khai", true), Paper(2, "Giấy chứng sinh", false) },
        fees = new object[] { Fee("Lệ phí", 0), Fee("Phí bản sao", 8000), Fee("Khác", null), Fee("Phí cũ", 5000, inForce: false) },
        online = true,
        results = new[] { new { nameVi = "Giấy khai sinh", nameEn = (string?)null } },
        legalBasis = new[] { "60/2014/QH13" },
        expectedWait = new { basis = "unit", limit = new { words = new { text = "trong ngày" } }, words = new { text = "Một nửa xong trong 1 ngày" } },
    };

    private static object Paper(int number, string name, bool required) => new { number, name, required, originals = 1, copies = 0, condition = (string?)null };

    private static object Fee(string nameVi, long? amountVnd, bool inForce = true) =>
        new { nameVi, nameEn = (string?)null, amountVnd, rule = "theo quyết định", optional = false, inForce };
}
