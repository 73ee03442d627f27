using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>The queues of officials: what stands in them, how it is found, what is done with several at once.</summary>
public sealed class WorkQueueTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        WorkDesk.Queue(city, WorkDesk.Line(WorkDesk.Id, "H49-1", -3, "officer", "overdue", "askedTwice"), WorkDesk.Line(WorkDesk.Other, "H49-2", 0, "officer", "expiring"),
            WorkDesk.Line(WorkDesk.Third, "H49-3", null, "applicant"));
        _browser = await city.SignedInAsync("officer", "reception", "approver");
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Every_queue_is_a_tab_with_its_number_and_every_clock_has_a_word_and_a_reason()
    {
        var html = await _browser.GetStringAsync("/work?queue=mine", City.Ct);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "Quá hạn 3 ngày", "Đến hạn hôm nay", "Đồng hồ đang dừng", "Hẹn trả 17:00 04/12/2026", "Chờ cán bộ xử lý", "Chờ người nộp", "Đã yêu cầu bổ sung hơn một lần", "Trần Văn Bình", "Của tôi" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        foreach (var (queue, count) in new[] { ("unit", 42), ("overdue", 5), ("handover", 11), ("receiving", 12), ("opinions", 13) })
            Assert.Contains($"data-count=\"{queue}\">{count}</b>", html, StringComparison.Ordinal);
        Assert.Contains("inbox?queue=mine&limit=25", city.Requests.Select(r => r.Path));
    }

    [Fact]
    public async Task The_same_page_is_there_in_english()
    {
        var html = await _browser.GetStringAsync("/work?culture=en", City.Ct);
        Html.IsWellMade(html, "en");
        foreach (var word in new[] { "3 days late", "Due today", "The clock stands", "The officer’s move", "Asked for completion twice" })
            Assert.Contains(word, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_go_on_without_what_was_left_empty_and_to_the_next_page()
    {
        city.Says("inbox", new { items = new[] { WorkDesk.Line(WorkDesk.Id, "H49-1", 4, "officer") }, after = "c+1" });
        var html = await _browser.GetStringAsync("/work?queue=officer&status=ACCEPTED&channel=&filedFrom=2026-11-01&procedure=", City.Ct);
        Assert.Contains("inbox?queue=officer&status=ACCEPTED&filedFrom=2026-11-01&limit=25", city.Requests.Select(r => r.Path));
        Assert.Contains("href=\"/work?queue=officer&amp;status=ACCEPTED&amp;filedFrom=2026-11-01&amp;after=c%2B1\"", html, StringComparison.Ordinal);
        Assert.Contains("Trong hạn, còn 4 ngày", html, StringComparison.Ordinal);
        Assert.Contains("<option value=\"ACCEPTED\" selected", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_queue_is_the_units_and_an_empty_one_says_so()
    {
        city.Says("inbox", new { items = Array.Empty<object>(), after = (string?)null });
        Assert.Contains("Không có hồ sơ nào trong hàng chờ này.", await _browser.GetStringAsync("/work?queue=rubbish", City.Ct), StringComparison.Ordinal);
        Assert.Contains("inbox?queue=unit&limit=25", city.Requests.Select(r => r.Path));
    }

    [Fact]
    public async Task A_search_is_sent_in_the_body_by_text_or_by_a_whole_number()
    {
        city.Answers("POST inbox/search", _ => Results.Json(new { items = new[] { WorkDesk.Line(WorkDesk.Id, "H49-1", 4, "officer") }, after = "more" }));
        var page = await _browser.GetStringAsync("/work", City.Ct);
        using var byName = await _browser.SendAsync("/work/search", page, ("text", " Trần Bình "), ("open", "true"));
        var html = await byName.TextAsync();
        Html.IsWellMade(html, "vi");
        Assert.Equal((HttpStatusCode.OK, true), (byName.StatusCode, byName.Headers.CacheControl!.NoStore));
        Assert.Contains("name=\"after\" value=\"more\"", html, StringComparison.Ordinal);
        var asked = JsonNode.Parse(city.Requests.Last(r => r.Path == "inbox/search").Body)!;
        Assert.Equal(("Trần Bình", true, null), (asked["text"]!.GetValue<string>(), asked["open"]!.GetValue<bool>(), asked["personalNumber"]));
        using var byNumber = await _browser.SendAsync("/work/search", page, ("text", "022099000001"), ("after", "more"));
        asked = JsonNode.Parse(city.Requests.Last(r => r.Path == "inbox/search").Body)!;
        Assert.Equal((null, "022099000001", "more"), (asked["text"], asked["personalNumber"]!.GetValue<string>(), asked["after"]!.GetValue<string>()));
        using var reloaded = await _browser.GetAsync("/work/search", City.Ct);
        Assert.Equal("/work", reloaded.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData(400, "Hãy nhập mã hồ sơ hoặc họ tên.")]
    [InlineData(429, "Tìm quá nhiều")]
    [InlineData(503, "Đang bận")]
    public async Task A_search_that_is_refused_says_why_and_keeps_the_words(int status, string title)
    {
        city.Refuses("POST inbox/search", status, "DOS-0702", title);
        using var refused = await _browser.SendAsync("/work/search", await _browser.GetStringAsync("/work", City.Ct), ("text", "xy"));
        var html = await refused.TextAsync();
        Assert.Equal(status, (int)refused.StatusCode);
        Assert.Contains(title, html, StringComparison.Ordinal);
        Assert.Contains("value=\"xy\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_dossier_is_the_one_behind_this_or_the_first_when_this_has_left()
    {
        Assert.Equal($"/work/{WorkDesk.Other}?queue=mine", await NextAsync(WorkDesk.Id));
        Assert.Equal($"/work/{WorkDesk.Id}?queue=mine", await NextAsync(WorkDesk.Third));
        Assert.Equal($"/work/{WorkDesk.Id}?queue=mine", await NextAsync(Guid.Empty));
        city.Says("inbox", new { items = new[] { WorkDesk.Line(WorkDesk.Id, "H49-1", 4, "officer") }, after = (string?)null });
        Assert.Equal("/work?queue=mine", await NextAsync(WorkDesk.Id));
    }

    [Fact]
    public async Task A_batch_does_each_as_it_was_shown_and_says_what_became_of_each()
    {
        var page = await _browser.GetStringAsync("/work?queue=unassigned", City.Ct);
        city.Says($"POST dossiers/{WorkDesk.Id}/assignment", new { code = "H49-1", statusName = "Đang xử lý" });
        city.Refuses($"POST dossiers/{WorkDesk.Other}/assignment", 412, "CMN-0412", "Hồ sơ đã thay đổi");
        var once = WorkDesk.Hidden(page, "once");
        using var done = await _browser.SendAsync("/work/batch", page, ("once", once), ("queue", "unassigned"), ("move", "assign"), ("id", $"{WorkDesk.Id}:7"), ("id", $"{WorkDesk.Other}:7"), ("id", "rubbish"));
        var html = await done.TextAsync();
        Html.IsWellMade(html, "vi");
        Assert.Contains("Đã làm 1/2 hồ sơ", html, StringComparison.Ordinal);
        Assert.Contains("Hồ sơ đã thay đổi", html, StringComparison.Ordinal);
        var sent = city.Requests.Last(r => r.Path == $"dossiers/{WorkDesk.Id}/assignment");
        Assert.Equal(($"{once}-{WorkDesk.Id}", "\"7\""), (sent.Once, sent.Version));
    }

    [Fact]
    public async Task A_batch_of_approvals_carries_the_decision_and_nothing_selected_does_nothing()
    {
        var page = await _browser.GetStringAsync("/work", City.Ct);
        city.Says($"POST dossiers/{WorkDesk.Third}/approval", new { code = "H49-3" });
        using var done = await _browser.SendAsync("/work/batch", page, ("move", "approve"), ("decision", "Đồng ý"), ("sign", "true"), ("id", $"{WorkDesk.Third}:7"));
        Assert.Contains("Đã làm 1/1 hồ sơ", await done.TextAsync(), StringComparison.Ordinal);
        var body = JsonNode.Parse(city.Requests.Last(r => r.Path == $"dossiers/{WorkDesk.Third}/approval").Body)!;
        Assert.Equal(("Đồng ý", true), (body["decision"]!.GetValue<string>(), body["sign"]!.GetValue<bool>()));
        using var none = await _browser.SendAsync("/work/batch", page, ("move", "approve"), ("queue", "mine"));
        using var unknown = await _browser.SendAsync("/work/batch", page, ("move", "destroy"), ("id", $"{WorkDesk.Third}:7"));
        Assert.Equal(("/work?queue=mine", "/work?queue=unit"), (none.Headers.Location!.ToString(), unknown.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task Numbers_are_fresh_for_a_screen_that_stays_open()
    {
        var counts = JsonNode.Parse(await _browser.GetStringAsync("/work/counts", City.Ct))!;
        Assert.Equal((42, 13), (counts["unit"]!.GetValue<int>(), counts["opinions"]!.GetValue<int>()));
        city.Refuses("inbox/counts", 503, "CMN-0503", "Đang bận");
        using var busy = await _browser.GetAsync("/work/counts", City.Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, busy.StatusCode);
        // The page stands without its numbers.
        Html.IsWellMade(await _browser.GetStringAsync("/work", City.Ct), "vi");
    }

    [Fact]
    public async Task Strangers_sign_in_first_and_who_is_no_official_is_told_so()
    {
        using var nobody = city.Browser();
        using var sent = await nobody.GetAsync("/work", City.Ct);
        Assert.Contains("/connect/authorize", sent.Headers.Location!.ToString(), StringComparison.Ordinal);
        city.Refuses("inbox", 403, "CMN-0403", "Không được");
        using var denied = await _browser.GetAsync("/work", City.Ct);
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        Assert.Contains("Bạn không có quyền xem trang này", await denied.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_reception_took_in_for_other_units_is_a_queue_too()
    {
        city.Says("inbox/receiving", new { items = new[] { new { id = WorkDesk.Id, code = "H49-9", status = "RESOLVED", statusName = "Đã xử lý xong", waitingFor = "handover", procedureName = "Đăng ký", version = 1 } }, after = (string?)null });
        var html = await _browser.GetStringAsync("/work?queue=receiving", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains("Đã có kết quả", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_for_the_choice_of_a_unit_stands_within_its_lines_and_is_a_queue_too()
    {
        var dossier = new { id = WorkDesk.Id, code = "H49-8", status = "PROCESSING", statusName = "Đang xử lý", waitingFor = "officer", procedureName = "Đăng ký", dueAt = "2026-12-04T10:00:00Z", version = 3 };
        city.Says("inbox/unit-choices", new { items = new[] { new { dossier, formerUnit = "Phường Cũ", choices = new[] { "06688", "06689" } } }, after = (string?)null });
        var html = await _browser.GetStringAsync("/work?queue=unitChoices", City.Ct);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "H49-8", $"href=\"/work/{WorkDesk.Id}?queue=unitChoices\"", "Có ngày hẹn trả" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"move\"", html, StringComparison.Ordinal);
        using var next = await _browser.GetAsync("/work/next?queue=unitChoices", City.Ct);
        Assert.Equal($"/work/{WorkDesk.Id}?queue=unitChoices", next.Headers.Location?.ToString());
    }

    private async Task<string?> NextAsync(Guid after)
    {
        using var next = await _browser.GetAsync($"/work/next?queue=mine&after={after}", City.Ct);
        return next.Headers.Location?.ToString();
    }
}
