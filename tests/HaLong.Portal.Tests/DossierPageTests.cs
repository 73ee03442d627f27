using System.Net;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>One dossier: who has it, why, and what it brought; and taking it back.</summary>
public sealed class DossierPageTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly string Page = $"/dossiers/{DossierSamples.Id}", Api = $"dossiers/{DossierSamples.Id}";

    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync() => _browser = await city.SignedInAsync();

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("vi", "Cán bộ thụ lý", "mốc do hệ thống đặt")]
    [InlineData("en", "The case officer", "a date set by the platform")]
    public async Task Who_has_it_until_when_and_why_is_said_in_plain_words(string language, string who, string assumed)
    {
        city.Says(Api, DossierSamples.Of("PROCESSING", DossierSamples.Wait("officer", "Cán bộ thẩm định", assumed: true), DossierSamples.Lifecycle(originalsHeld: 2)));
        city.Says(Api + "/timeline", new[] { new { step = 1, at = "2026-11-20T02:00:00Z", note = "Đã nộp" } });
        city.Says(Api + "/deadline", new
        {
            steps = new[] { new { at = "2026-11-20T02:00:00Z", words = new { text = "5 ngày làm việc từ khi tiếp nhận" } } },
            originalDueAt = "2026-12-01T10:00:00Z",
            outlook = new[] { new { text = "Nếu phải bổ sung, thời hạn tính lại" } },
        });
        city.Says(Api + "/waits", new { warnings = new[] { new { level = "supervisor", givenAt = "2026-12-01T01:00:00Z", latest = "2026-12-01T10:00:00Z" } } });
        var html = await _browser.GetStringAsync($"{Page}?culture={language}", City.Ct);
        Html.IsWellMade(html, language);
        foreach (var word in new[] { who, assumed, "Cán bộ thẩm định", "Đã nộp", "5 ngày làm việc từ khi tiếp nhận", "Nếu phải bổ sung", "Một nửa có kết quả", "2" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        Assert.DoesNotContain("/withdrawal", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_apology_and_what_was_told_and_whether_it_arrived_are_shown()
    {
        city.Says(Api, DossierSamples.Of("PROCESSING", DossierSamples.Wait("officer", "Thẩm định")));
        city.Says(Api + "/forms", new[]
        {
            new { serial = 2, kind = "APOLOGY", issuedAt = "2026-12-01T01:00:00Z", data = new { reason = "Quá hạn, chưa có kết quả", newDueAt = "2026-12-08T10:00:00Z" }, paper = new { status = "SIGNED" } },
        });
        city.Says(Api + "/notices", DossierSamples.List(
            new { id = Guid.CreateVersion7(), title = "Hồ sơ quá hạn", channel = "sms", state = "delivered", createdAt = "2026-12-01T01:00:00Z", deliveredAt = "2026-12-01T01:01:00Z" },
            new { id = Guid.CreateVersion7(), title = "Đã nộp", channel = "email", state = "failed", createdAt = "2026-11-20T02:00:00Z", failure = "Hộp thư không tồn tại" }));
        var html = await _browser.GetStringAsync(Page, City.Ct);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "Cơ quan giải quyết xin lỗi bạn", "Quá hạn, chưa có kết quả", "Hẹn lại: 17:00 08/12/2026", $"{Page}/forms/2", "đã đến nơi 08:01 01/12/2026", "Hộp thư không tồn tại" })
            Assert.Contains(word, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_receipt_is_a_paper_of_the_agency_and_there_before_its_seal()
    {
        city.Says(Api, DossierSamples.Of("ACCEPTED", DossierSamples.Wait("officer", "Phân công"), payment: new { id = (Guid?)null, status = "waived", amount = 0 }, documents:
        [
            new { id = Guid.CreateVersion7(), component = 1, fileName = "to-khai.pdf", kind = "component", createdAt = "2026-11-20T02:00:00Z" },
            new { id = Guid.CreateVersion7(), component = (int?)null, fileName = "giay-tiep-nhan.pdf", kind = "receipt", createdAt = "2026-11-20T03:00:00Z" },
        ]));
        city.Says(Api + "/forms", new[] { new { serial = 1, kind = "RECEIPT", issuedAt = "2026-11-20T03:00:00Z", data = new { reason = (string?)null }, paper = new { status = "PENDING" } } });
        city.Answers($"{Api}/receipt", _ => Results.Bytes("%PDF-"u8.ToArray(), "application/pdf", "giay-tiep-nhan.pdf"));
        var html = await _browser.GetStringAsync(Page, City.Ct);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "to-khai.pdf", $"href=\"{Page}/receipt.pdf\"", "Được miễn" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        Assert.DoesNotContain("giay-tiep-nhan.pdf", html, StringComparison.Ordinal);
        Assert.Equal("%PDF-", await _browser.GetStringAsync($"{Page}/receipt.pdf", City.Ct));
    }

    [Fact]
    public async Task A_result_is_downloaded_verified_and_rated_and_a_replaced_one_is_called_so()
    {
        var (now, before) = (Guid.Parse("0198e000-0000-7000-8000-0000000000e1"), Guid.Parse("0198e000-0000-7000-8000-0000000000e2"));
        city.Says(Api, DossierSamples.Of("RETURNED", documents:
        [
            new { id = before, fileName = "cu.pdf", kind = "result", createdAt = "2026-11-25T02:00:00Z", replacedBy = (Guid?)now },
            new { id = now, fileName = "moi.pdf", kind = "result", createdAt = "2026-11-27T02:00:00Z", replacedBy = (Guid?)null },
        ], lifecycle: DossierSamples.Lifecycle(handOver: new { method = "POST", carrier = "VNPost", trackingNumber = "VN1" })));
        city.Answers($"{Api}/documents/{now}", _ => Results.Bytes("%PDF-"u8.ToArray(), "application/pdf", "moi.pdf"));
        var html = await _browser.GetStringAsync(Page, City.Ct);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { $"/verify/{now:N}", $"{Page}/rating", "Đã được thay bằng bản đính chính", "VNPost", $"/feedback/new?dossier={DossierSamples.Id}" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        Assert.Equal("%PDF-", await _browser.GetStringAsync($"{Page}/documents/{now}", City.Ct));
    }

    [Theory]
    [InlineData(403, HttpStatusCode.Forbidden)]
    [InlineData(404, HttpStatusCode.NotFound)]
    [InlineData(503, HttpStatusCode.ServiceUnavailable)]
    public async Task What_may_not_or_cannot_be_shown_is_said_on_a_page(int status, HttpStatusCode shown)
    {
        city.Refuses(Api, status, "DOS-0003", "Không xem được");
        city.Refuses($"{Api}/forms/1", status, "DOS-0003", "Không xem được");
        foreach (var page in new[] { Page, Page + "/forms/1", Page + "/withdrawal", Page + "/supplement" })
        {
            using var answer = await _browser.GetAsync(page, City.Ct);
            Assert.Equal(shown, answer.StatusCode);
            Html.IsWellMade(await answer.Content.ReadAsStringAsync(City.Ct), "vi");
        }
    }

    [Fact]
    public async Task A_demand_on_the_way_says_what_for_and_until_when()
    {
        var payment = Guid.CreateVersion7();
        city.Says(Api, DossierSamples.Of("WAIT_PAYMENT", DossierSamples.Wait("payment", "Chờ nộp"), DossierSamples.Lifecycle(
            demands: [new { number = 1, amount = 50000, reason = "Thuế trước bạ", deadline = "2026-12-10T10:00:00Z", state = "open", paymentId = payment }])));
        var html = await _browser.GetStringAsync(Page, City.Ct);
        Assert.Contains("Cần nộp 50.000 đ trước 17:00 10/12/2026", html, StringComparison.Ordinal);
        Assert.Contains($"/payments/{payment}", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Withdrawing_needs_a_reason_and_a_tick_and_is_done_once_against_what_was_shown()
    {
        city.Says(Api, DossierSamples.Of("SUBMITTED", lifecycle: DossierSamples.Lifecycle(possible: ["withdraw"])));
        city.Says($"POST {Api}/withdrawal", DossierSamples.Of("WITHDRAWN"));
        var page = await _browser.GetStringAsync(Page + "/withdrawal", City.Ct);
        Html.IsWellMade(page, "vi");
        var before = city.Requests.Count;
        var (forgot, again) = await _browser.SendFormAsync(page, Page + "/withdrawal", ("reason", "Nộp nhầm <b>"));
        Assert.Equal(HttpStatusCode.BadRequest, forgot.StatusCode);
        Html.IsWellMade(again, "vi");
        Assert.Contains("href=\"#sure\"", again, StringComparison.Ordinal);
        Assert.Contains("Nộp nhầm &lt;b&gt;</textarea>", again, StringComparison.Ordinal);
        Assert.DoesNotContain(city.Requests.Skip(before), r => r.Method == "POST");
        for (var click = 0; click < 2; click++)
            (await _browser.SendFormAsync(page, Page + "/withdrawal", ("reason", "Nộp nhầm"), ("sure", "true"))).LeadsTo(Page);
        var sent = city.Requests.Where(r => r.Path == Api + "/withdrawal").TakeLast(2).ToList();
        Assert.Equal((sent[0].Once, "\"7\""), (sent[1].Once, sent[1].Version));
    }

    [Theory]
    [InlineData(412, "CMN-0412", "Đã có người thay đổi")]
    [InlineData(400, "DOS-0001", "Chưa nêu lý do")]
    public async Task A_withdrawal_that_is_refused_loses_nothing(int status, string code, string title)
    {
        city.Says(Api, DossierSamples.Of("SUBMITTED", lifecycle: DossierSamples.Lifecycle(possible: ["withdraw"])));
        city.Refuses($"POST {Api}/withdrawal", status, code, title, new { reason = new[] { "Nêu rõ hơn." } });
        var (answer, html) = await _browser.SendFromAsync(Page + "/withdrawal", Page + "/withdrawal", ("reason", "Đổi ý"), ("sure", "true"));
        Assert.Equal(status, (int)answer.StatusCode);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { title, "Đổi ý</textarea>", "id=\"reason-wrong\"", "aria-invalid=\"true\"" })
            Assert.Contains(word, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_over_cannot_be_withdrawn()
    {
        city.Says(Api, DossierSamples.Of("RETURNED"));
        using var answer = await _browser.GetAsync(Page + "/withdrawal", City.Ct);
        Assert.Equal(Page, answer.Headers.Location?.ToString());
    }
}
