using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>Money that does not fit: a guess is shown and never acted on, a decision has a reason.</summary>
public sealed class MoneyCaseTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly Guid Id = Guid.Parse("0198e000-0000-7000-8000-000000000201"), Guess = Guid.Parse("0198e000-0000-7000-8000-000000000101");

    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        city.Answers("money-cases", asked => Results.Json(new { items = asked.Path.Contains("decided", StringComparison.Ordinal) ? [] : new[] { Case() } }));
        city.Says($"payments/{Guess}", CashTests.Due("pending"));
        _browser = await city.SignedInAsync("cashier");
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Cases_are_listed_with_kind_deadline_and_proposal()
    {
        using var begin = await _browser.GetAsync("/money", City.Ct);
        Assert.Equal("/money/cases", begin.Headers.Location!.ToString());
        var html = await _browser.GetStringAsync("/money/cases?kind=unknownPayer", City.Ct);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "Không rõ người nộp", "150.000 đ", "Quá hạn", "Gán cho khoản phải nộp", "gần đúng 83/100" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        Assert.Equal("money-cases?state=open&kind=unknownPayer", city.Requests.Last().Path);
        city.Says("money-cases", new { items = Array.Empty<object>() });
        Assert.Contains("Nothing waits to be decided.", await _browser.GetStringAsync("/money/cases?culture=en", City.Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("leader", "/money/refunds")]
    [InlineData("auditor", "/money/reconciliation")]
    public async Task Who_decides_no_cases_begins_with_what_is_his(string role, string to)
    {
        using var browser = await city.SignedInAsync(role);
        using var begin = await browser.GetAsync("/money", City.Ct);
        Assert.Equal(to, begin.Headers.Location!.ToString());
    }

    [Fact]
    public async Task The_guess_stands_beside_the_case_and_nothing_is_chosen_beforehand()
    {
        var before = city.Requests.Count(r => r.Method == "POST");
        var html = await _browser.GetStringAsync($"/money/cases/{Id}", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains("(83/100)", html, StringComparison.Ordinal);
        Assert.Contains($"name=\"paymentId\" id=\"payment-{Guess}\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain(" checked", html, StringComparison.Ordinal);
        Assert.Equal(before, city.Requests.Count(r => r.Method == "POST"));
    }

    [Fact]
    public async Task A_request_of_another_dossier_can_be_looked_for()
    {
        var (dossier, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        city.Says("POST inbox/search", new { items = new[] { new { id = dossier, code = "H49-9", statusName = "", procedureName = "", subject = "", ownerName = "" } } });
        var due = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(CashTests.Due("pending")))!;
        (due["id"], due["dossierCode"]) = (other, "H49-9");
        city.Says("payments", new { items = new[] { due } });
        var html = await _browser.GetStringAsync($"/money/cases/{Id}?find=H49-9", City.Ct);
        Assert.Contains($"id=\"payment-{other}\"", html, StringComparison.Ordinal);
        Assert.Contains("H49-9", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_is_sent_with_what_was_shown_and_what_belongs_to_it_alone()
    {
        var page = await _browser.GetStringAsync($"/money/cases/{Id}", City.Ct);
        city.Answers($"POST money-cases/{Id}/decision", _ => Results.Json(Case("assign")));
        var to = await SentForm.TakenAsync(_browser, page, $"/money/cases/{Id}/decision", ("decision", "assign"), ("paymentId", $"{Guess}"), ("reason", "Đúng người"), ("evidence", "Thư số 3"), ("payee.bin", "970436"));
        Assert.Equal($"/money/cases/{Id}", to);
        var sent = city.Requests.Last(r => r.Method == "POST");
        Assert.Equal("\"5\"", sent.Version);
        var body = JsonNode.Parse(sent.Body)!;
        Assert.Equal((Guess.ToString(), null), (body["paymentId"]!.GetValue<string>(), body["payee"]));
        city.Answers($"POST money-cases/{Id}/decision", _ => Results.Json(Case("refund")));
        await SentForm.TakenAsync(_browser, page, $"/money/cases/{Id}/decision", ("decision", "refund"), ("paymentId", $"{Guess}"), ("reason", "Trùng"), ("payee.bin", "970436"), ("payee.account", "1"), ("payee.name", "A"));
        body = JsonNode.Parse(city.Requests.Last(r => r.Method == "POST").Body)!;
        Assert.Equal((null, "970436"), (body["paymentId"], body["payee"]!["bin"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_decision_that_is_refused_keeps_everything_typed_and_says_all_defects()
    {
        var page = await _browser.GetStringAsync($"/money/cases/{Id}", City.Ct);
        var none = await SentForm.RefusedAsync(_browser, page, $"/money/cases/{Id}/decision", HttpStatusCode.BadRequest, ("reason", "vì"));
        Assert.Contains("href=\"#decision\"", none, StringComparison.Ordinal);
        Dictionary<string, string[]> errors = new() { ["evidence"] = ["Nêu nơi lưu giấy tờ chứng minh."], ["payee.bin"] = ["Sáu chữ số."] };
        city.Refuses($"POST money-cases/{Id}/decision", 400, "PAY-0205", "Quyết định chưa đầy đủ.", errors);
        var html = await SentForm.RefusedAsync(_browser, page, $"/money/cases/{Id}/decision", HttpStatusCode.BadRequest, ("decision", "refund"), ("reason", "Nộp trùng"), ("payee.bin", "12"));
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "value=\"refund\" checked", "Nộp trùng</textarea>", "value=\"12\"", "id=\"payee.bin-wrong\"", "href=\"#evidence\"" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        city.Refuses($"POST money-cases/{Id}/decision", 412, "CMN-0412", "Dữ liệu đã thay đổi.");
        var stale = await SentForm.RefusedAsync(_browser, page, $"/money/cases/{Id}/decision", HttpStatusCode.PreconditionFailed, ("decision", "dismiss"), ("reason", "a"), ("evidence", "b"));
        Assert.Contains("Dữ liệu đã thay đổi.", stale, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_has_taken_up_is_only_looked_at_and_taking_up_is_told_when_too_late()
    {
        var page = await _browser.GetStringAsync($"/money/cases/{Id}", City.Ct);
        city.Refuses($"POST money-cases/{Id}/claim", 409, "PAY-0203", "Vụ việc đang do thủ quỹ khác xử lý.");
        city.Says("money-cases", new { items = new[] { Case(takenBy: "2") } });
        var html = await SentForm.RefusedAsync(_browser, page, $"/money/cases/{Id}/claim", HttpStatusCode.Conflict);
        Assert.Contains("Thủ quỹ khác đang xử lý khoản này.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("/decision\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_of_nobody_is_not_found_and_others_may_not_look()
    {
        using var none = await _browser.GetAsync($"/money/cases/{Guid.Empty}", City.Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        city.Answers("money-cases", _ => Results.StatusCode(403));
        using var denied = await _browser.GetAsync("/money/cases", City.Ct);
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        Html.IsWellMade(await denied.Content.ReadAsStringAsync(City.Ct), "vi");
    }

    private static JsonObject Case(string? decision = null, string? takenBy = null) => new()
    {
        ["id"] = Id,
        ["kind"] = "unknownPayer",
        ["amount"] = 150000,
        ["proposal"] = "assign",
        ["guessedPaymentId"] = Guess,
        ["guessScore"] = 83,
        ["openedAt"] = "2026-11-20T01:00:00Z",
        ["dueAt"] = "2026-11-23T01:00:00Z",
        ["overdue"] = true,
        ["takenBy"] = takenBy,
        ["decision"] = decision,
        ["provider"] = "lab",
        ["remittance"] = "HLQ7K3M9XW2 nop phi",
        ["account"] = "0011",
        ["bookedAt"] = "2026-11-20T01:00:00Z",
        ["version"] = 5,
    };
}
