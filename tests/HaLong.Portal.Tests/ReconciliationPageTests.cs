using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>Three sides of each day, and the ledger.</summary>
public sealed class ReconciliationPageTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly Guid Id = Guid.Parse("0198e000-0000-7000-8000-000000000401");

    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        city.Says("reconciliations", new { items = new[] { Day() } });
        city.Says("statements", new { items = new[] { File() } });
        city.Says($"reconciliations/{Id}", Day());
        city.Says($"reconciliations/{Id}/lines", new { items = new[] { Line(1, "missingAtBank"), Line(2, "matched") } });
        city.Says("ledger/accounts", new[] { Account("bank:970436:0011", 150000), Account("due:970436:0011:phi", -150000) });
        city.Says("ledger/closes", new[] { new { day = "2026-11-29", entries = 3, turnover = 150000, hash = "abcdef0123456789", closedAt = "2026-11-30T01:00:00Z" } });
        _browser = await city.SignedInAsync("cashier");
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Days_are_listed_run_and_opened()
    {
        var page = await _browser.GetStringAsync("/money/reconciliation", City.Ct);
        Html.IsWellMade(page, "vi");
        foreach (var word in new[] { "29/11/2026", "970436:0012", "150.000 đ" })
            Assert.Contains(word, page, StringComparison.Ordinal);
        city.Says("POST reconciliations", Day(), 201);
        Assert.Equal($"/money/reconciliation/{Id}", await SentForm.TakenAsync(_browser, page, "/money/reconciliation", ("day", "2026-11-29")));
        city.Refuses("POST reconciliations", 400, "PAY-0801", "Ngày chưa qua.", new { day = new[] { "Ví dụ 2026-11-30." } });
        var refused = await SentForm.RefusedAsync(_browser, page, "/money/reconciliation", HttpStatusCode.BadRequest, ("day", "2030-01-01"));
        Assert.Contains("value=\"2030-01-01\"", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_goes_through_as_it_is_and_its_faults_are_all_told()
    {
        var page = await _browser.GetStringAsync("/money/reconciliation", City.Ct);
        city.Says("POST statements", File(), 201);
        using var taken = await UploadAsync(page, "account,970436");
        Assert.Equal("/money/reconciliation", taken.Headers.Location!.ToString());
        var sent = city.Requests.Last(r => r.Method == "POST");
        Assert.Equal(("statements?provider=lab", "account,970436"), (sent.Path, sent.Body));
        Dictionary<string, string[]> faults = new() { ["line 2"] = ["Thiếu ngày."], ["line 5"] = ["Sai số tiền."] };
        city.Refuses("POST statements", 400, "PAY-0803", "Tệp có lỗi.", faults);
        using var refused = await UploadAsync(page, "x");
        var html = await refused.Content.ReadAsStringAsync(City.Ct);
        Assert.Contains("Thiếu ngày.", html, StringComparison.Ordinal);
        Assert.Contains("Sai số tiền.", html, StringComparison.Ordinal);
        using var none = await UploadAsync(page, "");
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
    }

    [Fact]
    public async Task A_difference_is_explained_once_with_evidence()
    {
        var page = await _browser.GetStringAsync($"/money/reconciliation/{Id}?result=missingAtBank", City.Ct);
        Html.IsWellMade(page, "vi");
        var action = $"/money/reconciliation/{Id}/lines/1?result=missingAtBank";
        city.Answers($"POST reconciliations/{Id}/lines/1/explanation", _ => Results.StatusCode(204));
        Assert.Equal($"/money/reconciliation/{Id}?result=missingAtBank#line-1", await SentForm.TakenAsync(_browser, page, action, ("reason", "Nộp muộn"), ("evidence", "Giấy 5")));
        city.Refuses($"POST reconciliations/{Id}/lines/1/explanation", 409, "PAY-0809", "Đã giải trình.");
        var html = await SentForm.RefusedAsync(_browser, page, action, HttpStatusCode.Conflict, ("reason", "Nộp muộn"), ("evidence", ""));
        Assert.Contains("Nộp muộn</textarea>", html, StringComparison.Ordinal);
        Assert.Contains("Đã giải trình.", html, StringComparison.Ordinal);
        using var auditor = await city.SignedInAsync("auditor");
        Assert.DoesNotContain("<textarea", await auditor.GetStringAsync($"/money/reconciliation/{Id}", City.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ledger_shows_balances_that_make_nothing_and_is_checked_only_when_asked()
    {
        var page = await _browser.GetStringAsync("/money/ledger?culture=en", City.Ct);
        Html.IsWellMade(page, "en");
        Assert.Contains("<td class=\"number\">0 đ</td></tr></tfoot>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(city.Requests, r => r.Path == "ledger/verification");
        city.Says("ledger/verification", new { holds = false, firstFault = "2026-11-20" });
        Assert.Contains("Sổ không khớp từ ngày 20/11/2026", await _browser.GetStringAsync("/money/ledger?check=true&culture=vi", City.Ct), StringComparison.Ordinal);
        city.Refuses("POST ledger/closes", 409, "PAY-0103", "Ngày đã khóa sổ.");
        var html = await SentForm.RefusedAsync(_browser, page, "/money/ledger/closes", HttpStatusCode.Conflict, ("day", "2026-11-29"));
        Assert.Contains("Ngày đã khóa sổ.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_opens_to_its_bookings_with_all_lines()
    {
        city.Says("ledger/accounts/bank:970436:0011/bookings", new
        {
            items = new[]
            {
                new
                {
                    id = Id, kind = "settlement", sourceId = Id, bookedOn = "2026-11-29", createdAt = "2026-11-29T03:00:00Z",
                    lines = new[] { new { line = 1, account = "bank:970436:0011", amount = 5000 }, new { line = 2, account = "due:970436:0011:phi", amount = -5000 } },
                },
            },
            after = "x",
        });
        var html = await _browser.GetStringAsync("/money/ledger/accounts/bank%3A970436%3A0011", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Equal(2, html.Split("5.000 đ").Length - 1);
        Assert.Contains("?after=x", html, StringComparison.Ordinal);
        using var none = await _browser.GetAsync("/money/ledger/accounts/nothing", City.Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    private static object Account(string code, long balance) => new { account = code, kind = code.Split(':')[0], debit = Math.Max(balance, 0), credit = Math.Max(-balance, 0), balance };

    private static object File() => new { id = Id, kind = "statement", source = "lab", scope = "970436:0011", from = "2026-11-29", to = "2026-11-29", entries = 3, added = 2, importedAt = "2026-11-30T01:00:00Z" };

    private static JsonObject Line(int number, string result) => new()
    {
        ["number"] = number,
        ["result"] = result,
        ["kind"] = "payment",
        ["scope"] = "970436:0011",
        ["reference"] = "HLQ7K3M9XW2P",
        ["ours"] = 150000,
        ["provider"] = 150000,
        ["bank"] = null,
    };

    private static object Day() => new
    {
        id = Id,
        day = "2026-11-29",
        version = 2,
        matched = 5,
        missingAtUs = 0,
        missingAtProvider = 0,
        missingAtBank = 1,
        amountDiff = 0,
        duplicate = 0,
        ours = 150000,
        provider = 150000,
        bank = 0,
        withoutStatement = new[] { "970436:0012" },
        answerHash = "x",
        runAt = "2026-11-30T01:00:00Z",
    };

    private async Task<HttpResponseMessage> UploadAsync(string page, string text)
    {
        using var file = new StringContent(text);
        using var form = new MultipartFormDataContent { { new StringContent(Html.FormToken(page)), "__RequestVerificationToken" }, { new StringContent("lab"), "provider" }, { new StringContent("statement"), "kind" } };
        form.Add(file, "file", "sao-ke.csv");
        return await _browser.PostAsync("/money/reconciliation/papers", form, City.Ct);
    }
}
