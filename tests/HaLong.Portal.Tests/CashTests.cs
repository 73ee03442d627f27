using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>The desk of a cashier: a shift, cash for a dossier, the change, counting by two persons, the deposit.</summary>
public sealed class CashTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly Guid Id = Guid.Parse("0198e000-0000-7000-8000-000000000101"), Dossier = Guid.Parse("0198e000-0000-7000-8000-000000000102");

    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        city.Says("till-shifts", new { items = new[] { Shift("open") } });
        _browser = await city.SignedInAsync("cashier");
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Without_a_shift_one_is_opened_with_counted_change_once()
    {
        city.Says("till-shifts", new { items = Array.Empty<object>() });
        city.Says("POST till-shifts", Shift("open"), 201);
        var page = await _browser.GetStringAsync("/cash", City.Ct);
        Html.IsWellMade(page, "vi");
        Assert.Contains("Mở ca thu", page, StringComparison.Ordinal);
        for (var click = 0; click < 2; click++)
            Assert.Equal("/cash", await SentForm.TakenAsync(_browser, page, "/cash/shifts", ("till", "Q1"), ("denominations.50000", "2"), ("denominations.10000", "")));
        var sent = city.Requests.Where(r => r is { Method: "POST", Path: "till-shifts" }).TakeLast(2).ToList();
        Assert.Single(sent.Select(s => s.Once).Distinct());
        Assert.Equal("{\"till\":\"Q1\",\"denominations\":{\"50000\":2}}", sent[0].Body);
    }

    [Fact]
    public async Task What_a_shift_is_refused_for_is_said_beside_what_was_typed()
    {
        city.Says("till-shifts", new { items = Array.Empty<object>() });
        var page = await _browser.GetStringAsync("/cash?culture=en", City.Ct);
        Html.IsWellMade(page, "en");
        Dictionary<string, string[]> errors = new() { ["denominations.50000"] = ["0 to 1,000,000 pieces."] };
        city.Refuses("POST till-shifts", 400, "PAY-0708", "The entry is not complete.", errors);
        var html = await SentForm.RefusedAsync(_browser, page, "/cash/shifts", HttpStatusCode.BadRequest, ("till", "Q9"), ("denominations.50000", "x"));
        Assert.Contains("{\"50000\":-1}", city.Requests.Last(r => r.Method == "POST").Body, StringComparison.Ordinal);
        foreach (var word in new[] { "value=\"Q9\"", "value=\"x\"", "aria-invalid=\"true\"", "href=\"#denominations.50000\"", "id=\"denominations.50000-wrong\"" })
            Assert.Contains(word, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_own_open_shift_looks_for_a_dossier_in_the_body_and_one_that_is_found_is_shown_at_once()
    {
        var page = await _browser.GetStringAsync("/cash", City.Ct);
        Html.IsWellMade(page, "vi");
        Assert.Contains("Ca của bạn", page, StringComparison.Ordinal);
        city.Says("POST inbox/search", new { items = new[] { Found("H49-1") } });
        Assert.Equal($"/cash/dossiers/{Dossier}", await SentForm.TakenAsync(_browser, page, "/cash/find", ("text", " H49-1 ")));
        Assert.Contains("\"text\":\"H49-1\"", city.Requests.Last().Body, StringComparison.Ordinal);
        Assert.DoesNotContain(city.Requests, r => r.Path.Contains("H49-1", StringComparison.Ordinal));
        city.Says("POST inbox/search", new { items = new[] { Found("H49-1"), Found("H49-2") } });
        using var several = await SentForm.PostAsync(_browser, page, "/cash/find", ("text", "Hạnh"));
        var html = await several.Content.ReadAsStringAsync(City.Ct);
        Assert.Contains("2 hồ sơ", html, StringComparison.Ordinal);
        city.Says("POST inbox/search", new { items = Array.Empty<object>() });
        using var none = await SentForm.PostAsync(_browser, page, "/cash/find", ("text", "xyz"));
        Assert.Contains("Không có hồ sơ nào của đơn vị khớp", await none.Content.ReadAsStringAsync(City.Ct), StringComparison.Ordinal);
        var empty = await SentForm.RefusedAsync(_browser, page, "/cash/find", HttpStatusCode.BadRequest, ("text", " "));
        Assert.Contains("href=\"#text\"", empty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cash_is_taken_against_what_was_read_out_and_the_change_is_said_also_after_reloading()
    {
        city.Says("payments", new { items = new[] { Due("pending") } });
        city.Says($"payments/{Id}", Due("settled"));
        city.Says($"POST payments/{Id}/cash", new { id = Id, paymentId = Id, shiftId = Id, amount = 120000, handed = 200000, change = 80000 }, 201);
        city.Says($"till-shifts/{Id}/report", Report("open"));
        var page = await _browser.GetStringAsync($"/cash/dossiers/{Dossier}", City.Ct);
        Html.IsWellMade(page, "vi");
        var to = await SentForm.TakenAsync(_browser, page, $"/cash/dossiers/{Dossier}/payments/{Id}", ("handed", "200.000 đ"));
        var sent = city.Requests.Last(r => r.Method == "POST");
        Assert.Equal(("{\"amount\":120000,\"handed\":200000}", "\"7\""), (sent.Body, sent.Version));
        for (var look = 0; look < 2; look++)
        {
            var done = await _browser.GetStringAsync(to, City.Ct);
            Html.IsWellMade(done, "vi");
            Assert.Contains("Trả lại khách: 80.000 đ", done, StringComparison.Ordinal);
            Assert.Contains($"href=\"/cash/payments/{Id}/receipt.pdf\"", done, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(409, "PAY-0707", "Số tiền không đúng số còn phải nộp.")]
    [InlineData(412, "CMN-0412", "Dữ liệu đã thay đổi.")]
    [InlineData(409, "PAY-0702", "Bạn chưa mở ca thu tiền mặt.")]
    public async Task Cash_that_cannot_be_taken_keeps_what_was_typed_and_shows_what_is_due_now(int status, string code, string words)
    {
        city.Says("payments", new { items = new[] { Due("pending") } });
        var page = await _browser.GetStringAsync($"/cash/dossiers/{Dossier}", City.Ct);
        city.Refuses($"POST payments/{Id}/cash", status, code, words);
        city.Says("payments", new { items = new[] { Due("pending", 150000, 8) } });
        var html = await SentForm.RefusedAsync(_browser, page, $"/cash/dossiers/{Dossier}/payments/{Id}", (HttpStatusCode)status, ("handed", "200000"));
        foreach (var word in new[] { words, code, "value=\"200000\"", "150.000 đ", "name=\"version\" value=\"8\"" })
            Assert.Contains(word, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_nobody_knows_whether_it_was_taken_the_form_keeps_its_key()
    {
        city.Says("payments", new { items = new[] { Due("pending") } });
        var action = $"/cash/dossiers/{Dossier}/payments/{Id}";
        var page = await _browser.GetStringAsync($"/cash/dossiers/{Dossier}", City.Ct);
        city.Answers($"POST payments/{Id}/cash", _ => Results.StatusCode(503));
        var html = await SentForm.RefusedAsync(_browser, page, action, HttpStatusCode.ServiceUnavailable, ("handed", "200000"));
        Assert.Equal(SentForm.Hidden(page, action)["once"], SentForm.Hidden(html, action)["once"]);
        city.Refuses($"POST payments/{Id}/cash", 409, "PAY-0702", "x");
        html = await SentForm.RefusedAsync(_browser, html, action, HttpStatusCode.Conflict, ("handed", "200000"));
        Assert.NotEqual(SentForm.Hidden(page, action)["once"], SentForm.Hidden(html, action)["once"]);
    }

    [Fact]
    public async Task The_cashier_counts_and_another_agrees_or_sends_it_back()
    {
        city.Says($"till-shifts/{Id}/report", Report("open"));
        city.Says($"POST till-shifts/{Id}/count", Shift("counted"));
        var page = await _browser.GetStringAsync($"/cash/shifts/{Id}", City.Ct);
        Html.IsWellMade(page, "vi");
        Assert.Equal($"/cash/shifts/{Id}", await SentForm.TakenAsync(_browser, page, $"/cash/shifts/{Id}/count", ("denominations.100000", "1"), ("reason", "")));
        Assert.Equal(("\"7\"", "{\"denominations\":{\"100000\":1},\"reason\":null}"), (city.Requests.Last(r => r.Method == "POST").Version, city.Requests.Last(r => r.Method == "POST").Body));
        city.Says($"till-shifts/{Id}/report", Report("counted"));
        Assert.DoesNotContain("/confirmation", await _browser.GetStringAsync($"/cash/shifts/{Id}", City.Ct), StringComparison.Ordinal);
        city.Says($"till-shifts/{Id}/report", Report("counted", "2"));
        using var leader = await city.SignedInAsync("leader");
        var review = await leader.GetStringAsync($"/cash/shifts/{Id}", City.Ct);
        Html.IsWellMade(review, "vi");
        Assert.DoesNotContain($"/cash/shifts/{Id}/count\"", review, StringComparison.Ordinal);
        Assert.Contains("Thiếu 20.000 đ", review, StringComparison.Ordinal);
        city.Says($"POST till-shifts/{Id}/confirmation", Shift("closed"));
        Assert.Equal($"/cash/shifts/{Id}", await SentForm.TakenAsync(leader, review, $"/cash/shifts/{Id}/confirmation", ("note", "Đã xem")));
        city.Refuses($"POST till-shifts/{Id}/return", 409, "PAY-0711", "Người thu và người kiểm quỹ không được tự xác nhận.");
        var refused = await SentForm.RefusedAsync(leader, review, $"/cash/shifts/{Id}/return", HttpStatusCode.Conflict, ("note", "Đếm lại"));
        Assert.Contains("Đếm lại</textarea>", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_only_audits_or_has_counted_agrees_to_nothing()
    {
        city.Says($"till-shifts/{Id}/report", Report("counted", "2"));
        using var auditor = await city.SignedInAsync("auditor");
        Assert.DoesNotContain("/confirmation", await auditor.GetStringAsync($"/cash/shifts/{Id}", City.Ct), StringComparison.Ordinal);
        Assert.Contains("/confirmation", await _browser.GetStringAsync($"/cash/shifts/{Id}", City.Ct), StringComparison.Ordinal);
        var own = Report("counted", "2");
        own["shift"]!["countedBy"] = "1";
        city.Says($"till-shifts/{Id}/report", own);
        Assert.DoesNotContain("/confirmation", await _browser.GetStringAsync($"/cash/shifts/{Id}", City.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_deposit_names_its_reference_and_is_recorded_as_a_whole()
    {
        city.Says($"till-shifts/{Id}/report", Report("closed"));
        city.Says($"POST till-shifts/{Id}/deposit", Shift("closed"));
        var page = await _browser.GetStringAsync($"/cash/shifts/{Id}", City.Ct);
        Assert.Contains("<strong>NQ0123456789</strong>", page, StringComparison.Ordinal);
        await SentForm.TakenAsync(_browser, page, $"/cash/shifts/{Id}/deposit", ("amount", "120.000 đ"), ("slip", "S1"), ("depositedOn", "2026-11-30"));
        Assert.Equal("{\"amount\":120000,\"slip\":\"S1\",\"depositedOn\":\"2026-11-30\"}", city.Requests.Last(r => r.Method == "POST").Body);
        city.Answers($"till-shifts/{Id}/report.csv", _ => Results.Text("kind,time", "text/csv"));
        using var csv = await _browser.GetAsync($"/cash/shifts/{Id}/report.csv", City.Ct);
        Assert.StartsWith("attachment", csv.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
        Assert.Equal("kind,time", await csv.Content.ReadAsStringAsync(City.Ct));
    }

    [Fact]
    public async Task Who_may_not_see_shifts_is_told_in_the_words_of_the_service_and_strangers_sign_in()
    {
        city.Refuses("till-shifts", 403, "PAY-0715", "Ca thu tiền mặt chỉ dành cho thủ quỹ.");
        using var denied = await _browser.GetAsync("/cash", City.Ct);
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        Assert.Contains("Ca thu tiền mặt chỉ dành cho thủ quỹ.", await denied.Content.ReadAsStringAsync(City.Ct), StringComparison.Ordinal);
        using var nobody = city.Browser();
        using var stranger = await nobody.GetAsync("/cash", City.Ct);
        Assert.Contains("/connect/authorize", stranger.Headers.Location!.ToString(), StringComparison.Ordinal);
        city.Answers("till-shifts", _ => Results.StatusCode(503));
        using var down = await _browser.GetAsync("/cash", City.Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, down.StatusCode);
        Html.IsWellMade(await down.Content.ReadAsStringAsync(City.Ct), "vi");
        using var none = await _browser.GetAsync($"/cash/shifts/{Guid.AllBitsSet}", City.Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task A_receipt_that_is_not_sealed_yet_is_waited_for()
    {
        city.Answers($"payments/{Id}/receipt.pdf", _ => Results.StatusCode(409));
        using var soon = await _browser.GetAsync($"/cash/payments/{Id}/receipt.pdf", City.Ct);
        var html = await soon.Content.ReadAsStringAsync(City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains("http-equiv=\"refresh\" content=\"3\"", html, StringComparison.Ordinal);
        city.Answers($"payments/{Id}/receipt.pdf", _ => Results.Bytes("%PDF-"u8.ToArray(), "application/pdf"));
        Assert.Equal("%PDF-", await _browser.GetStringAsync($"/cash/payments/{Id}/receipt.pdf", City.Ct));
        using var none = await _browser.GetAsync($"/cash/payments/{Guid.AllBitsSet}/receipt.pdf", City.Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task All_shifts_are_listed_by_state_page_by_page()
    {
        city.Says("till-shifts", new { items = new[] { Shift("closed") }, after = "c 1" });
        var html = await _browser.GetStringAsync("/cash/shifts?state=closed", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains("href=\"/cash/shifts?state=closed&amp;after=c%201\"", html, StringComparison.Ordinal);
        Assert.Equal("till-shifts?state=closed", city.Requests.Last().Path);
    }

    internal static JsonObject Shift(string state, string cashier = "1") => new()
    {
        ["id"] = Id,
        ["unitCode"] = "06688",
        ["till"] = "Q1",
        ["cashierId"] = cashier,
        ["state"] = state,
        ["reference"] = "NQ0123456789",
        ["openedAt"] = "2026-11-30T01:00:00Z",
        ["leftOpen"] = false,
        ["float"] = 100000,
        ["taken"] = 120000,
        ["payments"] = 1,
        ["expected"] = 220000,
        ["counted"] = state == "open" ? null : 200000,
        ["difference"] = state == "open" ? 0 : -20000,
        ["floatReturned"] = 100000,
        ["toDeposit"] = state == "closed" ? 120000 : 0,
        ["version"] = 7,
    };

    private static JsonObject Report(string state, string cashier = "1") => new()
    {
        ["shift"] = Shift(state, cashier),
        ["takenInWords"] = "Một trăm hai mươi nghìn đồng",
        ["payments"] = new JsonArray(new JsonObject
        {
            ["paymentId"] = Id,
            ["dossierCode"] = "H49-1",
            ["reference"] = "HLQ1",
            ["amount"] = 120000,
            ["handed"] = 200000,
            ["change"] = 80000,
            ["takenAt"] = "2026-11-30T02:00:00Z",
        }),
        ["refunds"] = new JsonArray(),
        ["counts"] = new JsonArray(new JsonObject { ["number"] = 0, ["denominations"] = new JsonObject { ["50000"] = 2 }, ["total"] = 100000, ["expected"] = 100000, ["countedAt"] = "2026-11-30T01:00:00Z" }),
    };

    private static object Found(string code) => new
    {
        id = Dossier,
        code,
        statusName = "Chờ nộp phí",
        procedureName = "Đăng ký khai sinh",
        subject = "Bé Na",
        ownerName = "Nguyễn Thị Hạnh",
    };

    internal static object Due(string status, long remaining = 120000, int version = 7) => new
    {
        id = Id,
        dossierId = Dossier,
        dossierCode = "H49-1",
        status,
        reference = "HLQ7K3M9XW2P",
        amount = 120000,
        remaining,
        amountInWords = "…",
        items = new[] { new { name = "Phí thẩm định", amount = 120000 } },
        expiresAt = "2026-12-02T10:00:00Z",
        refunded = 0,
        version,
    };
}
