using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>Refunds: one proposes, another agrees, the bank pays.</summary>
public sealed class RefundTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly Guid Id = Guid.Parse("0198e000-0000-7000-8000-000000000301"), Payment = Guid.Parse("0198e000-0000-7000-8000-000000000101");

    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        city.Says("refunds", new { items = new[] { Refund("proposed") } });
        city.Says($"payments/{Payment}", CashTests.Due("settled"));
        _browser = await city.SignedInAsync("cashier");
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_refund_is_proposed_with_what_was_seen_to_be_available()
    {
        var page = await _browser.GetStringAsync($"/money/refunds/new?payment={Payment}", City.Ct);
        Html.IsWellMade(page, "vi");
        Assert.Contains("name=\"available\" value=\"70000\"", page, StringComparison.Ordinal);
        city.Says("POST refunds", Refund("proposed"), 201);
        var to = await SentForm.TakenAsync(_browser, page, $"/money/refunds/new?payment={Payment}", ("amount", "20.000"), ("rule", "thuNham"), ("reason", "Thu nhầm"), ("payee.bin", "970436"), ("payee.account", "1"), ("payee.name", "A"));
        Assert.Equal($"/money/refunds/{Id}", to);
        var body = JsonNode.Parse(city.Requests.Last(r => r.Method == "POST").Body)!;
        Assert.Equal((20000, 70000), (body["amount"]!.GetValue<int>(), body["available"]!.GetValue<int>()));
    }

    [Fact]
    public async Task When_what_is_available_has_changed_the_new_amount_is_shown_and_nothing_typed_is_lost()
    {
        var page = await _browser.GetStringAsync($"/money/refunds/new?payment={Payment}&culture=en", City.Ct);
        city.Refuses("POST refunds", 412, "PAY-0305", "What can be given back has changed; please look again.", new { available = new[] { "10000" } });
        var html = await SentForm.RefusedAsync(_browser, page, $"/money/refunds/new?payment={Payment}", HttpStatusCode.PreconditionFailed, ("amount", "20000"), ("rule", "byLaw"), ("reason", "twice"));
        foreach (var word in new[] { "name=\"available\" value=\"10000\"", "value=\"20000\"", "value=\"byLaw\"", "twice</textarea>", "10.000 đ" })
            Assert.Contains(word, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_proposed_it_does_not_agree_and_a_cashier_names_the_account()
    {
        var page = await _browser.GetStringAsync($"/money/refunds/{Id}", City.Ct);
        Html.IsWellMade(page, "vi");
        Assert.DoesNotContain("/approval", page, StringComparison.Ordinal);
        city.Answers($"PUT refunds/{Id}/payee", _ => Results.Json(Refund("proposed")));
        await SentForm.TakenAsync(_browser, page, $"/money/refunds/{Id}/payee", ("payee.bin", "970436"), ("payee.account", "99"), ("payee.name", "B"));
        var sent = city.Requests.Last(r => r.Method == "PUT");
        Assert.Equal(("{\"bin\":\"970436\",\"account\":\"99\",\"name\":\"B\"}", "\"3\""), (sent.Body, sent.Version));
    }

    [Fact]
    public async Task A_second_person_agrees_or_not_against_what_was_shown()
    {
        city.Says("refunds", new { items = new[] { Refund("proposed", "2") } });
        using var leader = await city.SignedInAsync("leader");
        var page = await leader.GetStringAsync($"/money/refunds/{Id}", City.Ct);
        Html.IsWellMade(page, "vi");
        city.Says($"POST refunds/{Id}/approval", Refund("approved"));
        Assert.Equal($"/money/refunds/{Id}", await SentForm.TakenAsync(leader, page, $"/money/refunds/{Id}/approval"));
        Assert.Equal("\"3\"", city.Requests.Last(r => r.Method == "POST").Version);
        city.Refuses($"POST refunds/{Id}/rejection", 412, "CMN-0412", "Dữ liệu đã thay đổi.");
        var stale = await SentForm.RefusedAsync(leader, page, $"/money/refunds/{Id}/rejection", HttpStatusCode.PreconditionFailed, ("note", "Chưa rõ"));
        Assert.Contains("Chưa rõ</textarea>", stale, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agreed_refunds_become_a_file_for_the_bank_once()
    {
        city.Says("refunds", new { items = new[] { Refund("approved"), Refund("approved") } });
        var page = await _browser.GetStringAsync("/money/refunds", City.Ct);
        Html.IsWellMade(page, "vi");
        Assert.Contains("2 khoản đã duyệt, 100.000 đ", page, StringComparison.Ordinal);
        city.Says("POST payouts", new { id = Id, count = 2, total = 100000, href = "" }, 201);
        var to = await SentForm.TakenAsync(_browser, page, "/money/payouts");
        Assert.Equal("{\"bin\":\"970436\",\"account\":\"0011\"}", city.Requests.Last(r => r.Method == "POST").Body);
        var done = await _browser.GetStringAsync(to, City.Ct);
        Html.IsWellMade(done, "vi");
        city.Answers($"payouts/{Id}", _ => Results.Text("refund_id", "text/csv"));
        using var csv = await _browser.GetAsync($"/money/payouts/{Id}.csv", City.Ct);
        Assert.Equal("refund_id", await csv.Content.ReadAsStringAsync(City.Ct));
        Assert.StartsWith("attachment", csv.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
        city.Refuses("POST payouts", 409, "PAY-0308", "Không có khoản hoàn nào đã duyệt để chi.");
        await SentForm.RefusedAsync(_browser, page, "/money/payouts", HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task What_the_bank_said_is_recorded()
    {
        city.Says("refunds", new { items = new[] { Refund("sent") } });
        var page = await _browser.GetStringAsync($"/money/refunds/{Id}", City.Ct);
        Html.IsWellMade(page, "vi");
        city.Says($"POST refunds/{Id}/payment", Refund("paid"));
        await SentForm.TakenAsync(_browser, page, $"/money/refunds/{Id}/payment", ("bankReference", "FT1"));
        Assert.Equal("{\"bankReference\":\"FT1\"}", city.Requests.Last(r => r.Method == "POST").Body);
        city.Says($"POST refunds/{Id}/return", Refund("approved"));
        await SentForm.TakenAsync(_browser, page, $"/money/refunds/{Id}/return", ("note", "Tài khoản đóng"));
        using var other = await SentForm.PostAsync(_browser, page, $"/money/refunds/{Id}/payment", ("bankReference", ""));
        Assert.Equal(HttpStatusCode.SeeOther, other.StatusCode);
        using var token = new FormUrlEncodedContent(SentForm.Hidden(page, $"/money/refunds/{Id}/payment"));
        using var unknown = await _browser.PostAsync($"/money/refunds/{Id}/deletion", token, City.Ct);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static JsonObject Refund(string state, string by = "1") => new()
    {
        ["id"] = Id,
        ["state"] = state,
        ["amount"] = 50000,
        ["rule"] = "thuNham",
        ["reason"] = "Thu nhầm",
        ["paymentId"] = Payment,
        ["unitCode"] = "06688",
        ["bin"] = "970436",
        ["account"] = "0011",
        ["payee"] = new JsonObject { ["bin"] = "970415", ["account"] = "12", ["name"] = "NGUYEN A" },
        ["proposedBy"] = by,
        ["proposedAt"] = "2026-11-30T01:00:00Z",
        ["payoutId"] = state == "sent" ? Id : null,
        ["version"] = 3,
    };
}
