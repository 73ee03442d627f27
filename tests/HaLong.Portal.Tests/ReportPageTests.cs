using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>Reports as tables with charts and as files, regularly by mail, and the other pages of figures.</summary>
public sealed class ReportPageTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly Guid Id = Guid.Parse("0198e000-0000-7000-8000-000000000501");

    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        city.Says("units", new { items = new[] { new { code = "06688", nameVi = "Phường Hạ Long", nameEn = "Ha Long Ward" } } });
        city.Says("statistics/reports", new object[]
        {
            new { name = "period", title = "Báo cáo kỳ", by = new[] { "unit", "level", "procedure", "field" }, measures = Array.Empty<object>() },
            new { name = "trend", title = "Diễn biến", by = Array.Empty<string>(), measures = new[] { new { key = "received", title = "Tiếp nhận", share = false } } },
            new { name = "ranking", title = "Xếp hạng đơn vị", by = Array.Empty<string>(), measures = new[] { new { key = "inTimeShare", title = "Đúng hạn (%)", share = true } } },
            new { name = "register", title = "Sổ", by = Array.Empty<string>(), measures = Array.Empty<object>() },
        });
        city.Says("statistics/schedules", new[] { Schedule() });
        city.Says("statistics/report-files", new { items = new[] { new { id = Id, report = "period", from = "2026-11-01", to = "2026-11-30", format = "xlsx", name = "bao-cao.xlsx", size = 5, madeAt = "2026-12-01T00:00:00Z", expiresAt = "2026-12-31T00:00:00Z" } } });
        _browser = await city.SignedInAsync("auditor");
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("ok", "Các dòng đều cân đối")]
    [InlineData("+2", "Không cân đối: Phường Hạ Long (+2)")]
    public async Task The_period_report_says_whether_it_is_in_balance_and_rows_open(string check, string words)
    {
        city.Says("statistics/reports/period", Report("period", [Column("code", "text"), Column("name", "text"), Column("received", "count"), Column("onlineShare", "percent"), Column("check", "text")],
            new JsonObject { ["code"] = "06688", ["name"] = "Phường Hạ Long", ["received"] = 1200, ["onlineShare"] = 97.25, ["check"] = check },
            new JsonObject { ["code"] = "06689", ["name"] = "Phường Bãi Cháy", ["received"] = 0, ["onlineShare"] = null, ["check"] = "ok" }));
        var html = await _browser.GetStringAsync("/figures/reports/period?period=2026-Q4", City.Ct);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { words, "97,25 %", "1.200", "<td class=\"number\">–</td>", "Quý 4/2026", "href=\"/figures/reports/period?unit=06688&amp;period=2026-Q4&amp;by=procedure\"", "format=pdf" })
            Assert.Contains(word, word.StartsWith("Không", StringComparison.Ordinal) ? WebUtility.HtmlDecode(html) : html, StringComparison.Ordinal);
        Assert.Equal("statistics/reports/period?period=2026-Q4", city.Requests.Last(r => r.Path.StartsWith("statistics/reports/", StringComparison.Ordinal)).Path);
    }

    [Fact]
    public async Task A_trend_is_drawn_as_lines_beside_the_year_before()
    {
        city.Says("statistics/reports/trend", Report("trend", [Column("month", "text"), Column("received", "count"), Column("receivedYearBefore", "count")],
            new JsonObject { ["month"] = "2026-01", ["received"] = 5, ["receivedYearBefore"] = 4 }, new JsonObject { ["month"] = "2026-02", ["received"] = 7, ["receivedYearBefore"] = null }));
        var html = await _browser.GetStringAsync("/figures/reports/trend?period=2026", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains("id=\"trend-0\"", html, StringComparison.Ordinal);
        Assert.Contains("Cùng kỳ năm trước: thấp nhất 4 (2026-01)", html, StringComparison.Ordinal);
        Assert.Contains(">01/26</text>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_and_after_the_reorganisation_stand_side_by_side_and_ranking_can_be_by_any_measure()
    {
        city.Says("statistics/reports/reorganisation", Report("reorganisation", [Column("code", "text"), Column("name", "text"), Column("inTimeShareBefore", "percent"), Column("inTimeShareAfter", "percent")],
            new JsonObject { ["code"] = "06688", ["name"] = "Phường Hạ Long", ["inTimeShareBefore"] = 90, ["inTimeShareAfter"] = 95 }));
        var html = await _browser.GetStringAsync("/figures/reports/reorganisation", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains("fill=\"url(#bars-hatch)\"", html, StringComparison.Ordinal);
        city.Says("statistics/reports/ranking", Report("ranking", [Column("rank", "count"), Column("name", "text"), Column("value", "percent")], new JsonObject { ["rank"] = 1, ["name"] = "A", ["value"] = 99 }));
        var ranking = await _browser.GetStringAsync("/figures/reports/ranking?measure=inTimeShare", City.Ct);
        Html.IsWellMade(ranking, "vi");
        Assert.Contains("name=\"measure\"", ranking, StringComparison.Ordinal);
        Assert.Contains(city.Requests, r => r.Path == "statistics/reports/ranking?measure=inTimeShare");
    }

    [Fact]
    public async Task Reports_are_listed_and_those_that_there_are_not_are_not_found()
    {
        var html = await _browser.GetStringAsync("/figures/reports?unit=06688", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains("href=\"/figures/reports/period?unit=06688\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("/figures/reports/register", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/figures/schedules", html, StringComparison.Ordinal);
        using var administrator = await city.SignedInAsync("administrator");
        Assert.DoesNotContain("/figures/schedules", await administrator.GetStringAsync("/figures/reports", City.Ct), StringComparison.Ordinal);
        using var none = await _browser.GetAsync("/figures/reports/nothing", City.Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        city.Says("statistics/reports/empty", Report("empty", [Column("code", "text")]));
        Assert.Contains("Trong kỳ không có gì để báo cáo.", await _browser.GetStringAsync("/figures/reports/empty", City.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_is_taken_as_a_file_with_a_name_and_a_refusal_is_a_page()
    {
        city.Answers("statistics/reports/period.xlsx", _ => Results.Bytes("PK"u8.ToArray(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"));
        using var file = await _browser.GetAsync("/figures/reports/period/file?format=xlsx&unit=06688&period=2026-11&by=procedure", City.Ct);
        Assert.Equal("PK", await file.Content.ReadAsStringAsync(City.Ct));
        Assert.Contains("period-2026-11.xlsx", file.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
        Assert.Contains(city.Requests, r => r.Path == "statistics/reports/period.xlsx?unit=06688&period=2026-11&by=procedure");
        city.Refuses("statistics/reports/period.pdf", 400, "DOS-0836", "Quá nhiều dòng");
        using var refused = await _browser.GetAsync("/figures/reports/period/file?format=pdf", City.Ct);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Html.IsWellMade(await refused.Content.ReadAsStringAsync(City.Ct), "vi");
        using var unknown = await _browser.GetAsync("/figures/reports/period/file?format=exe", City.Ct);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        city.Answers($"statistics/report-files/{Id}", _ => Results.StatusCode(410));
        using var gone = await _browser.GetAsync($"/figures/files/{Id}?name=a.xlsx", City.Ct);
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.Contains("Tệp đã hết hạn", await gone.Content.ReadAsStringAsync(City.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule_is_set_up_once_and_what_is_refused_stays_typed()
    {
        var page = await _browser.GetStringAsync("/figures/schedules?report=period&unit=06688", City.Ct);
        Html.IsWellMade(page, "vi");
        foreach (var word in new[] { "Hằng tuần, thứ hai, 7 giờ", "<option value=\"period\" selected", "value=\"06688\"", $"/figures/files/{Id}?name=bao-cao.xlsx" })
            Assert.Contains(word, page, StringComparison.Ordinal);
        city.Says("POST statistics/schedules", Schedule(), 201);
        Assert.Equal("/figures/schedules", await SentForm.TakenAsync(_browser, page, "/figures/schedules", ("report", "period"), ("rhythm", "monthly"), ("day", "5"), ("hour", "8"), ("formats", "pdf")));
        var body = JsonNode.Parse(city.Requests.Last(r => r.Method == "POST").Body)!;
        Assert.Equal((5, 8, "[\"pdf\"]", "vi"), (body["day"]!.GetValue<int>(), body["hour"]!.GetValue<int>(), body["formats"]!.ToJsonString(), body["language"]!.GetValue<string>()));
        city.Refuses("POST statistics/schedules", 400, "DOS-0837", "Chưa đúng", new { day = new[] { "Ngày từ 1 đến 28." } });
        var refused = await SentForm.RefusedAsync(_browser, page, "/figures/schedules", HttpStatusCode.BadRequest, ("report", "trend"), ("day", "31"), ("rhythm", "quarterly"));
        foreach (var word in new[] { "value=\"31\"", "Ngày từ 1 đến 28.", "<option value=\"quarterly\" selected", "<option value=\"trend\" selected" })
            Assert.Contains(word, refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule_rests_goes_on_is_made_now_and_is_removed_also_by_a_second_click()
    {
        var page = await _browser.GetStringAsync("/figures/schedules", City.Ct);
        city.Says($"statistics/schedules/{Id}", Schedule());
        city.Answers($"PATCH statistics/schedules/{Id}", _ => Results.Json(Schedule()));
        await SentForm.TakenAsync(_browser, page, $"/figures/schedules/{Id}/pause");
        Assert.Equal(("{\"paused\":true}", "\"7\""), (city.Requests.Last(r => r.Method == "PATCH").Body, city.Requests.Last(r => r.Method == "PATCH").Version));
        city.Says($"POST statistics/schedules/{Id}/deliveries", Array.Empty<object>());
        await SentForm.TakenAsync(_browser, page, $"/figures/schedules/{Id}/delivery");
        city.Refuses($"POST statistics/schedules/{Id}/deliveries", 503, "CMN-0503", "Đang bận");
        var busy = await SentForm.RefusedAsync(_browser, page, $"/figures/schedules/{Id}/delivery", HttpStatusCode.ServiceUnavailable);
        Assert.Contains("Đang bận", busy, StringComparison.Ordinal);
        city.Answers($"DELETE statistics/schedules/{Id}", _ => Results.StatusCode(204));
        await SentForm.TakenAsync(_browser, page, $"/figures/schedules/{Id}/removal");
        city.Refuses($"DELETE statistics/schedules/{Id}", 404, "DOS-0838", "Không có");
        await SentForm.TakenAsync(_browser, page, $"/figures/schedules/{Id}/removal");
        city.Says($"statistics/schedules/{Id}/preview", new { title = "Báo cáo kỳ", from = "2026-11-01", to = "2026-11-30", heads = new[] { "Đơn vị" }, rows = new[] { new[] { "A" } }, rowsInAll = 3, totals = (string[]?)null, notes = new[] { "Ghi chú" } });
        var preview = await _browser.GetStringAsync($"/figures/schedules/{Id}/preview", City.Ct);
        Html.IsWellMade(preview, "vi");
        Assert.Contains("1 trên 3 dòng", preview, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agencies_and_officers_are_evaluated_by_quarters_and_who_may_not_see_others_sees_himself()
    {
        object[] indicators = [new { number = 1, nameVi = "Thời gian", nameEn = "Time", points = 1.8 }, new { number = 5, nameVi = "Một cửa", nameEn = "One-stop", points = (decimal?)null }];
        city.Says("evaluations/agency", new { unit = "", period = "2026-Q4", from = "2026-10-01", to = "2026-12-31", live = true, dossiers = 30, indicators, total = 11.5, ofAtMost = 14, unknown = new[] { 5, 6 }, @class = (string?)null, lowestClass = "average", highestClass = "good" });
        city.Says("evaluations/officers", new { items = new[] { new { officer = Id, dossiers = 12, indicators, total = 8.5, duty = "most", dutyVi = "Hoàn thành từ 70 %" } } });
        var html = await _browser.GetStringAsync("/figures/evaluation?period=2026-11", City.Ct);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "11,5 / 14", "1,8 / 2", "chưa biết", "Trung bình", "tùy các chỉ số chưa biết", "8,5" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        Assert.Contains(city.Requests, r => r.Path == "evaluations/agency");
        city.Answers("evaluations/agency", _ => Results.StatusCode(403));
        using var own = await _browser.GetAsync("/figures/evaluation", City.Ct);
        Assert.Equal("/figures/evaluation/me", own.Headers.Location!.ToString());
        city.Says("evaluations/me", new { period = "2026-Q4", from = "2026-10-01", to = "2026-12-31", live = true, result = new { officer = Id, dossiers = 12, indicators, total = 8.5, duty = "most", dutyVi = "Hoàn thành từ 70 %" } });
        var mine = await _browser.GetStringAsync("/figures/evaluation/me?culture=en", City.Ct);
        Html.IsWellMade(mine, "en");
        Assert.Contains("70 % to less than 100 % done", mine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ratings_are_shown_with_what_people_wrote_and_too_few_are_not_told_apart()
    {
        city.Says("statistics/ratings", new { from = "2026-01-01", to = "2026-12-31", count = 20, hidden = false, mean = 4.35, distribution = new[] { 1, 0, 2, 6, 11 }, satisfiedPercent = 85 });
        city.Says("statistics/ratings/comments", new { items = new[] { new { stars = 2, comment = "Chờ <lâu>", day = "2026-11-05", unitCode = "06688", procedureCode = "1.001193" } }, after = "n" });
        var html = await _browser.GetStringAsync("/figures/satisfaction?unit=06688", City.Ct);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "85 %", "4,35 / 5", "Chờ &lt;lâu&gt;", "Phường Hạ Long", "?unit=06688&amp;after=n", "cao nhất 11 (5 sao)" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        city.Says("statistics/ratings", new { from = "2026-01-01", to = "2026-12-31", count = 3, hidden = true });
        city.Answers("statistics/ratings/comments", _ => Results.StatusCode(503));
        var few = await _browser.GetStringAsync("/figures/satisfaction", City.Ct);
        Html.IsWellMade(few, "vi");
        Assert.Contains("Dưới năm lượt", few, StringComparison.Ordinal);
        Assert.DoesNotContain("<figure", few, StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_well_expected_waits_held_is_told_with_what_it_is_as_of()
    {
        city.Says("statistics/expected-wait/accuracy", new { from = "2026-01-01", to = "2026-12-31", asOf = "2026-11-30T18:00:00Z", count = 100, halfPercent = 52.5, mostPercent = 91, meanErrorDays = -0.25, meanAbsoluteErrorDays = 1.5, unsaid = 3, open = 2, weeks = new[] { new { from = "2026-11-02", count = 40, withinHalf = 20, withinMost = 36 }, new { from = "2026-11-09", count = 0, withinHalf = 0, withinMost = 0 } } });
        var html = await _browser.GetStringAsync("/figures/waits?procedure=1.001193", City.Ct);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "52,5 %", "tính lúc 01:00 01/12/2026", "<td class=\"number\">90 %</td>", "<td class=\"number\">–</td>" })
            Assert.Contains(word, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_data_is_there_for_everybody_and_small_counts_stay_hidden()
    {
        city.Says("open-data", new
        {
            titleVi = "Dữ liệu mở",
            titleEn = "Open data",
            publisherVi = "Hạ Long",
            publisherEn = "Ha Long",
            licence = "CC BY 4.0",
            datasets = new[] { new { identifier = "intake-by-month-and-level", titleVi = "Tiếp nhận", titleEn = "Intake", descriptionVi = "a", descriptionEn = "b", accrualPeriodicity = "monthly", from = "2024-01-01", to = (string?)null, suppressionVi = "x", suppressionEn = "y", columns = new[] { new { key = "onlineShare", type = "percent", vi = "Tỷ lệ", en = "Share", numerator = "online", denominator = "received" } } } },
        });
        object Row(long? received, params string[] hidden) => new { code = "A", nameVi = "Hộ tịch", nameEn = "Civil status", received, online = 5, onlineShare = 50, resolved = 9, inTime = 9, inTimeShare = 100, hidden };
        city.Says("statistics/public", new { period = "2026-11", from = "2026-11-01", to = "2026-11-30", total = Row(null, "received"), levels = Array.Empty<object>(), fields = new[] { Row(10), Row(null, "received") }, noteVi = "n", noteEn = "n" });
        using var nobody = city.Browser();
        var html = await nobody.GetStringAsync("/open-data", City.Ct);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "&lt;5", "href=\"/api/v1/open-data/intake-by-month-and-level.csv\"", "online / received", "CC BY 4.0" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        city.Answers("statistics/public", _ => Results.StatusCode(503));
        Html.IsWellMade(await nobody.GetStringAsync("/open-data?culture=en", City.Ct), "en");
    }

    [Fact]
    public async Task What_drifts_from_the_national_portal_is_shown_and_administrators_tell_it_again()
    {
        city.Says("admin/portal/overview", new
        {
            connected = true,
            circuit = "open",
            circuitReason = "timeout",
            pending = 3,
            oldestPending = "2026-11-30T01:00:00Z",
            sentUnknown = 1,
            acknowledged = 900,
            rejected = 2,
            rejectedByCode = new[] { new { code = "E12", count = 2 } },
            drift = new[] { new { kind = "status", count = 4, oldest = "2026-11-28T01:00:00Z", olderThanADay = 3 } },
            healedToday = 7,
            lastCompare = new { state = "done", requestedAt = "2026-11-30T01:00:00Z", finishedAt = "2026-11-30T02:00:00Z", seen = 905 },
            thisMonth = Array.Empty<object>(),
        });
        city.Says("statistics/portal", new { received = 10, acknowledged = 9, synchronised = 0.9, resolved = 8, lateByUs = 1, lateBySync = 2, rows = new[] { new { unitCode = "06688", month = "2026-11", received = 10, acknowledged = 9, resolved = 8, lateByUs = 1, lateBySync = 2 } } });
        city.Says("admin/portal/ledger", new { items = new[] { new { dossierId = Id, code = "H49-3", unitCode = "06688", ourStatusVi = "Đang xử lý", state = "rejected", attempts = 2, lastError = "E12", drift = "status", driftSince = "2026-11-28T01:00:00Z" } } });
        var html = await _browser.GetStringAsync("/figures/portal", City.Ct);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "Cổng quốc gia không trả lời", "Lệch trạng thái", "E12: 2", "(90 %)", "Do đồng bộ" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        Assert.DoesNotContain("/figures/portal/compare", html, StringComparison.Ordinal);
        using var administrator = await city.SignedInAsync("administrator");
        var rows = await administrator.GetStringAsync("/figures/portal/ledger?state=rejected", City.Ct);
        Html.IsWellMade(rows, "vi");
        city.Answers($"POST admin/portal/ledger/{Id}/resend", _ => Results.Json(new { code = "H49-3" }, statusCode: 202));
        Assert.Equal("/figures/portal/ledger?state=rejected", await SentForm.TakenAsync(administrator, rows, $"/figures/portal/ledger/{Id}/resend"));
        city.Refuses($"POST admin/portal/ledger/{Id}/resend", 409, "DOS-0863", "Đang có thông điệp trên đường.");
        Assert.Contains("DOS-0863", await SentForm.RefusedAsync(administrator, rows, $"/figures/portal/ledger/{Id}/resend", HttpStatusCode.Conflict), StringComparison.Ordinal);
        var page = await administrator.GetStringAsync("/figures/portal", City.Ct);
        city.Says("POST admin/portal/compare", new { state = "requested", requestedAt = "2026-11-30T01:00:00Z" }, 202);
        Assert.Equal("/figures/portal", await SentForm.TakenAsync(administrator, page, "/figures/portal/compare"));
    }

    private static JsonObject Column(string key, string format) => new() { ["key"] = key, ["title"] = key, ["format"] = format };

    private static JsonObject Report(string name, JsonObject[] columns, params JsonObject[] rows) => new()
    {
        ["name"] = name,
        ["title"] = "Báo cáo",
        ["from"] = "2026-10-01",
        ["to"] = "2026-12-31",
        ["columns"] = new JsonArray([.. columns]),
        ["rows"] = new JsonArray([.. rows]),
        ["totals"] = null,
        ["notes"] = new JsonArray("Ghi chú"),
    };

    private static object Schedule() => new
    {
        id = Id,
        report = "period",
        unit = "06688",
        rhythm = "weekly",
        weekday = 1,
        hour = 7,
        formats = new[] { "xlsx" },
        language = "vi",
        nextAt = "2026-12-07T00:00:00Z",
        failedAttempts = 0,
    };
}
