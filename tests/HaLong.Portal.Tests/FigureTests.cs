using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>What a leader sees first, and the index 766.</summary>
public sealed class FigureTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        city.Says("units", new { items = new[] { new { code = "06688", nameVi = "Phường Hạ Long", nameEn = "Ha Long Ward" } } });
        city.Says("statistics/overview", Overview());
        city.Says("index766/history", new[] { Month("2026-10", 71.5m), Month("2026-11", 80m) });
        city.Says("index766", Index());
        city.Says("index766/closings", Array.Empty<object>());
        city.Unit = "22";
        _browser = await city.SignedInAsync("leader");
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_overview_says_whose_figures_of_when_they_are_and_asks_for_the_units_below_ones_own()
    {
        var html = await _browser.GetStringAsync("/figures?unit=06688&period=2026-11", City.Ct);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "Phường Hạ Long", "số liệu đến ngày 30/11/2026, đọc lúc", "data-live=\"60\"", "Tháng 11/2026", "1.234", "97,5 %", "Thủ tục chậm nhất" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        Assert.Contains(city.Requests, r => r.Path == "statistics/overview?unit=06688&period=2026-11");
        Assert.Contains(city.Requests, r => r.Path == "units?limit=100&parent=22");
    }

    [Fact]
    public async Task Every_chart_says_in_words_what_it_shows_has_a_table_behind_it_and_needs_no_colours()
    {
        var html = await _browser.GetStringAsync("/figures?culture=en", City.Ct);
        Html.IsWellMade(html, "en");
        var charts = Regex.Matches(html, "<figure class=\"chart\" id=\"([^\"]+)\">(.*?)</figure>", RegexOptions.Singleline);
        Assert.Equal(["flows", "shares", "stocks", "history"], charts.Select(c => c.Groups[1].Value));
        Assert.All(charts, c =>
        {
            var (id, chart) = (c.Groups[1].Value, c.Groups[2].Value);
            Assert.Contains($"role=\"img\" aria-labelledby=\"{id}-title\" aria-describedby=\"{id}-desc\"", chart, StringComparison.Ordinal);
            Assert.Matches($"<desc id=\"{id}-desc\">[^<]{{10,}}</desc>", chart);
            Assert.Contains("<details", chart, StringComparison.Ordinal);
            Assert.Contains("<caption>", chart, StringComparison.Ordinal);
            Assert.DoesNotMatch("(?:fill|stroke)=\"#[0-9a-f]", chart);
        });
        Assert.Contains("fill=\"url(#flows-hatch)\"", html, StringComparison.Ordinal);
        Assert.Contains("class=\"line s1\"", html, StringComparison.Ordinal);
        Assert.Contains("<rect class=\"mark s1\"", html, StringComparison.Ordinal);
        Assert.Contains("Received: lowest 10 (2026-10), highest 1,234 (2026-11).", html, StringComparison.Ordinal);
        // What is not known is a gap and a dash, never nothing.
        Assert.Contains("<td class=\"number\">–</td>", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("[xyd]=\"[^\"]*,[0-9]", html);
    }

    [Fact]
    public async Task The_index_shows_six_groups_and_every_figure_opens_to_what_is_behind_it()
    {
        var html = await _browser.GetStringAsync("/figures/index?period=2026-11", City.Ct);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "80,25", "15,2 / 20", "kỳ chưa kết thúc", "Điều gì nâng điểm nhiều nhất", "còn 4,8 điểm; cần thêm 6", "không có gì để tính", "Chưa có số liệu, không tính điểm:" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        Assert.Contains("href=\"/figures/index/behind?period=2026-11&amp;component=2.1&amp;part=missing\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("component=5.4&amp;part=numerator", html, StringComparison.Ordinal);
        Assert.Contains("<a class=\"ds-link\" href=\"/figures/index?period=2026-10\">2026-10</a>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_behind_a_figure_is_listed_with_why_and_page_by_page()
    {
        city.Says("index766/dossiers", new
        {
            component = "2.1",
            part = "missing",
            total = 21,
            after = "next",
            items = new object[]
            {
                new { kind = "dossier", id = Guid.Empty, code = "H49-7", procedure = "1.0", name = "Đăng ký khai sinh", unit = "06688", on = "2026-11-02", endedOn = "2026-11-20", due = "2026-11-05", days = 14, counts = false, why = "Kết thúc ngày 20/11/2026, quá hạn 05/11/2026." },
                new { kind = "rating", id = Guid.AllBitsSet, code = (string?)null, counts = false, why = "Người nộp đánh giá 1 hoặc 2 sao." },
            },
        });
        var html = await _browser.GetStringAsync("/figures/index/behind?unit=06688&period=2026-11&component=2.1&part=missing", City.Ct);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "21 mục", $"href=\"/work/{Guid.Empty}\">H49-7", "quá hạn 05/11/2026", "Phường Hạ Long", "&amp;after=next", "Đánh giá" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        city.Refuses("index766/dossiers", 400, "DOS-0817", "Chỉ số này không mở ra danh sách.");
        using var none = await _browser.GetAsync("/figures/index/behind?component=4.2b&part=missing", City.Ct);
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        Assert.Contains("Chỉ số này không mở ra danh sách.", await none.Content.ReadAsStringAsync(City.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_month_says_what_it_would_be_today_and_only_administrators_close_it_again()
    {
        var closed = Index();
        (closed["live"], closed["closed"]) = (false, true);
        closed["closing"] = new JsonObject { ["revision"] = 1, ["closedAt"] = "2026-12-07T01:00:00Z", ["by"] = "rule" };
        closed["recount"] = new JsonObject
        {
            ["total"] = 79.5,
            ["change"] = -0.75,
            ["differences"] = new JsonArray(new JsonObject { ["code"] = "2.1", ["closed"] = Score(15.2m), ["now"] = Score(14.45m) }),
        };
        city.Says("index766", closed);
        var html = await _browser.GetStringAsync("/figures/index?period=2026-11", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains("Tính lại hôm nay: 79,5 điểm (chênh -0,75).", html, StringComparison.Ordinal);
        Assert.DoesNotContain("/figures/index/closings", html, StringComparison.Ordinal);
        using var administrator = await city.SignedInAsync("administrator");
        var page = await administrator.GetStringAsync("/figures/index?period=2026-11", City.Ct);
        city.Says("POST index766/closings", new { month = "2026-11", revision = 2, total = 79.5, closedAt = "2026-12-08T01:00:00Z", by = "administrator" }, 201);
        Assert.Equal("/figures/index?period=2026-11", await SentForm.TakenAsync(administrator, page, "/figures/index/closings", ("reason", "Sửa số liệu bổ sung")));
        city.Refuses("POST index766/closings", 400, "DOS-0819", "Thiếu lý do", new { reason = new[] { "Từ 10 đến 500 ký tự." } });
        var refused = await SentForm.RefusedAsync(administrator, page, "/figures/index/closings", HttpStatusCode.BadRequest, ("reason", "ngắn"));
        Assert.Contains("ngắn</textarea>", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_if_sends_only_what_was_changed_and_tells_the_gain()
    {
        var page = await _browser.GetStringAsync("/figures/index/what-if?unit=06688&period=2026-11", City.Ct);
        Html.IsWellMade(page, "vi");
        Assert.Contains("Hồ sơ giải quyết đúng hạn", page, StringComparison.Ordinal);
        object Total(decimal total, decimal score) => new { total, applicableMax = 98, totalOfApplicablePercent = 80, rating = "good", components = new[] { Score(score) } };
        city.Says("POST index766/what-if", new { score = Total(80.25m, 15.2m), changed = Total(82.75m, 17.7m), gain = 2.5, chances = Array.Empty<object>() });
        using var answered = await SentForm.PostAsync(_browser, page, "/figures/index/what-if?unit=06688&period=2026-11", ("changes.resolvedOnTime", "30"), ("changes.received", ""));
        var html = await answered.Content.ReadAsStringAsync(City.Ct);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        Html.IsWellMade(html, "vi");
        Assert.Contains("+2,5 điểm: từ 80,25 thành 82,75", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains("value=\"30\"", html, StringComparison.Ordinal);
        Assert.Equal("{\"unit\":\"06688\",\"period\":\"2026-11\",\"changes\":{\"resolvedOnTime\":30}}", city.Requests.Last(r => r.Method == "POST").Body);
        var wrong = await SentForm.RefusedAsync(_browser, page, "/figures/index/what-if?unit=06688&period=2026-11", HttpStatusCode.BadRequest, ("changes.received", "nhiều"));
        Assert.Contains("value=\"nhiều\"", wrong, StringComparison.Ordinal);
        Assert.Contains("href=\"#changes.received\"", wrong, StringComparison.Ordinal);
        // The API names the count, the page leads to its field.
        city.Refuses("POST index766/what-if", 400, "DOS-0802", "Số liệu không dùng được", new { resolvedOnTime = new[] { "Phải từ 0 đến một nghìn tỷ." } });
        var refused = await SentForm.RefusedAsync(_browser, page, "/figures/index/what-if?unit=06688&period=2026-11", HttpStatusCode.BadRequest, ("changes.resolvedOnTime", "9999999999999"));
        Assert.Contains("href=\"#changes.resolvedOnTime\"", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Units_are_ranked_and_open_to_their_index()
    {
        city.Says("index766/ranking", new { items = new[] { new { rank = 1, unit = "06688", nameVi = "Phường Hạ Long", nameEn = "Ha Long Ward", level = "commune", total = 88.1, applicableMax = 98, totalOfApplicablePercent = 90, rating = "good", unknown = 2, closed = false } } });
        var html = await _browser.GetStringAsync("/figures/ranking?period=2026-11", City.Ct);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "1. Phường Hạ Long", "88,1", "2 chỉ số chưa biết", "href=\"/figures/index?unit=06688&amp;period=2026-11\"" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        Assert.Contains(city.Requests, r => r.Path == "index766/ranking?limit=60&period=2026-11");
    }

    [Fact]
    public async Task A_period_that_is_none_another_unit_and_a_service_that_is_down_are_told_on_the_page()
    {
        city.Refuses("statistics/overview", 400, "DOS-0826", "Kỳ không hợp lệ", new { period = new[] { "Kỳ có dạng 2026-03." } });
        using var bad = await _browser.GetAsync("/figures?period=x", City.Ct);
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Contains("Kỳ có dạng 2026-03.", await bad.Content.ReadAsStringAsync(City.Ct), StringComparison.Ordinal);
        city.Refuses("statistics/overview", 403, "DOS-0803", "Đơn vị không thuộc quyền xem của bạn.");
        using var denied = await _browser.GetAsync("/figures?unit=1", City.Ct);
        Assert.Contains("Đơn vị không thuộc quyền xem của bạn.", await denied.Content.ReadAsStringAsync(City.Ct), StringComparison.Ordinal);
        city.Refuses("index766", 404, "DOS-0801", "Chưa có định nghĩa bộ chỉ số cho ngày này.");
        using var before = await _browser.GetAsync("/figures/index?period=2021", City.Ct);
        Assert.Equal(HttpStatusCode.NotFound, before.StatusCode);
        Assert.Contains("Chưa có định nghĩa bộ chỉ số cho ngày này.", await before.Content.ReadAsStringAsync(City.Ct), StringComparison.Ordinal);
        city.Answers("statistics/overview", _ => Results.StatusCode(503));
        city.Says("units", new { items = Array.Empty<object>() });
        using var commune = await _browser.GetAsync("/figures", City.Ct);
        Assert.DoesNotContain("name=\"unit\"", await commune.Content.ReadAsStringAsync(City.Ct), StringComparison.Ordinal);
        city.Answers("units", _ => Results.StatusCode(503));
        using var down = await _browser.GetAsync("/figures", City.Ct);
        var html = await down.Content.ReadAsStringAsync(City.Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, down.StatusCode);
        Html.IsWellMade(html, "vi");
        Assert.Contains("name=\"unit\" type=\"text\"", html, StringComparison.Ordinal);
        using var nobody = city.Browser();
        using var stranger = await nobody.GetAsync("/figures/index", City.Ct);
        Assert.Contains("/connect/authorize", stranger.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    private static object Flow(long received, decimal? share) => new { received, receivedOnline = received / 2, onlineShare = share, resolved = received, inTime = received, late = 0, inTimeShare = share, returned = received };

    private static object Overview() => new
    {
        from = "2026-11-01",
        to = "2026-11-30",
        day = "2026-11-30",
        today = Flow(7, 60),
        month = Flow(1234, 97.5m),
        period = Flow(1234, 97.5m),
        stock = new { @new = 3, inProgress = 40, supplement = 2, payment = 1, toHandOver = 5 },
        overdue = new { legal = 4, statistical = 6, share = 10 },
        months = new[] { new { month = "2026-09", figures = Flow(20, null) }, new { month = "2026-10", figures = Flow(10, 95) }, new { month = "2026-11", figures = Flow(1234, 97.5m) } },
        slowest = new[] { new { code = "1.001193", name = "Đăng ký khai sinh", count = 9, p50Minutes = 480, p50Days = 1.0, p90Minutes = 960, p90Days = 2.0 } },
    };

    private static object Month(string month, decimal total) => new { month, live = false, closed = true, total, applicableMax = 98, totalOfApplicablePercent = total, rating = "good" };

    private static JsonObject Score(decimal score) => new() { ["code"] = "2.1", ["applicable"] = true, ["numerator"] = 19, ["denominator"] = 25, ["ratioPercent"] = 76, ["score"] = score, ["maxPoints"] = 20 };

    private static JsonObject Index() => new()
    {
        ["unit"] = "06688",
        ["period"] = "2026-11",
        ["from"] = "2026-11-01",
        ["to"] = "2026-11-30",
        ["live"] = true,
        ["closed"] = false,
        ["legalBasis"] = "Decision 766/QĐ-TTg",
        ["total"] = 80.25,
        ["applicableMax"] = 98,
        ["totalOfApplicablePercent"] = 81.89,
        ["rating"] = "good",
        ["ratingVi"] = "Tốt",
        ["groups"] = new JsonArray(
            new JsonObject { ["code"] = "TDGQ", ["nameVi"] = "Tiến độ giải quyết", ["nameEn"] = "Progress", ["score"] = 15.2, ["max"] = 20, ["applicableMax"] = 20 },
            new JsonObject { ["code"] = "MDHL", ["nameVi"] = "Mức độ hài lòng", ["nameEn"] = "Satisfaction", ["score"] = 0, ["max"] = 18, ["applicableMax"] = 0 }),
        ["components"] = new JsonArray(
            Component("2.1", "TDGQ", true, 19, 25), Component("5.2", "MDHL", false, 0, 0), Component("5.4", "MDHL", true, 20, 25)),
        ["unknown"] = new JsonArray("4.2b"),
        ["chances"] = new JsonArray(new JsonObject { ["code"] = "2.1", ["lost"] = 4.8, ["unitsMissing"] = 6, ["pointsPerUnit"] = 0.8 }),
        ["counts"] = new JsonObject { ["resolvedOnTime"] = 19, ["received"] = 25 },
    };

    private static JsonObject Component(string code, string group, bool applicable, int numerator, int denominator) => new()
    {
        ["code"] = code,
        ["group"] = group,
        ["nameVi"] = "Hồ sơ đúng hạn",
        ["nameEn"] = "On time",
        ["applicable"] = applicable,
        ["numerator"] = numerator,
        ["denominator"] = denominator,
        ["ratioPercent"] = applicable ? 76 : null,
        ["score"] = applicable ? 15.2 : 0,
        ["maxPoints"] = 20,
        ["threshold"] = null,
    };
}
