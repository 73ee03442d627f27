using System.Net;

namespace HaLong.Portal.Tests;

/// <summary>Tracking without signing in.</summary>
public sealed class TrackTests(City city) : IClassFixture<City>
{
    private const string Code = "000.00.01.H49-261110-0600";

    [Fact]
    public async Task The_form_is_there_without_a_sign_in_and_takes_a_code_from_a_link()
    {
        using var browser = city.Browser();
        var html = await browser.GetStringAsync("/tracking?code=" + Code, City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains($"value=\"{Code}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_digits_are_sent_in_the_body_and_details_are_shown()
    {
        city.Says("tracking/" + Code, new
        {
            code = Code,
            status = "PROCESSING",
            statusName = "Đang xử lý",
            step = 3,
            steps = 6,
            details = new
            {
                procedureCode = "1.000656",
                procedureName = "Đăng ký khai tử",
                unitName = "Phường Hạ Long",
                dueAt = "2026-11-11T10:00:00Z",
                timeline = new[] { new { step = 1, at = "2026-11-10T04:28:57Z", note = "Đã nộp" } },
            },
        });
        city.Says("procedures/1.000656/expected-wait", new { basis = "everywhere", words = new { text = "Một nửa có kết quả trong 1 ngày." } });
        using var browser = city.Browser();
        var (response, html) = await AskAsync(browser, Code, "1234");
        Html.IsWellMade(html, "vi");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("/tracking", response.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.Contains(city.Requests, r => r.Path == $"tracking/{Code}?check=1234");
        foreach (var word in new[] { "Đang xử lý", "Đăng ký khai tử", "17:00 11/11/2026", "Đã nộp", "Bước 3/6", "Cơ quan chuyên môn đang giải quyết hồ sơ.", "Một nửa có kết quả trong 1 ngày." })
            Assert.Contains(word, html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RETURNED", true)]
    [InlineData("SUBMITTED", false)]
    public async Task What_has_a_result_leads_its_owner_to_the_rating(string status, bool leads)
    {
        city.Says("tracking/" + Code, new { code = Code, status, statusName = status, step = 5, steps = 5 });
        using var browser = city.Browser();
        var (_, html) = await AskAsync(browser, Code, "");
        Html.IsWellMade(html, "vi");
        Assert.Equal(leads, html.Contains("href=\"/dossiers?q=" + Code, StringComparison.Ordinal));
        Assert.DoesNotContain(city.Requests, r => r.Path.EndsWith("expected-wait", StringComparison.Ordinal) && r.Path.Contains("procedures//", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_code_that_is_not_known_is_said_to_be_so_and_stays_in_the_form()
    {
        city.Refuses("tracking/ABC", 404, "DOS-0014", "Không có hồ sơ này");
        using var browser = city.Browser();
        var (response, html) = await AskAsync(browser, " ABC ", "");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("Không có hồ sơ này", html, StringComparison.Ordinal);
        Assert.Contains("value=\"ABC\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_code_the_page_says_what_to_do()
    {
        using var browser = city.Browser();
        var (response, html) = await AskAsync(browser, "  ", "1234");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("<a class=\"ds-link\" href=\"#code\">Hãy nhập mã hồ sơ.</a>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strangers_cannot_send_the_form()
    {
        using var browser = city.Browser();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["code"] = Code });
        using var response = await browser.PostAsync("/tracking", form, City.Ct);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private static async Task<(HttpResponseMessage Response, string Html)> AskAsync(HttpClient browser, string code, string check)
    {
        var token = Html.FormToken(await browser.GetStringAsync("/tracking", City.Ct));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["code"] = code, ["check"] = check, ["__RequestVerificationToken"] = token });
        var response = await browser.PostAsync("/tracking", form, City.Ct);
        return (response, await response.Content.ReadAsStringAsync(City.Ct));
    }
}
