using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>Paying, without scripts.</summary>
public sealed class PaymentTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly Guid Id = Guid.Parse("0198e000-0000-7000-8000-000000000077");

    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync() => _browser = await city.SignedInAsync();

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Before_anything_is_begun_the_ways_to_pay_are_offered_and_nothing_is_reloaded()
    {
        city.Says($"payments/{Id}", Payment("pending"));
        var html = await _browser.GetStringAsync($"/payments/{Id}", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains("value=\"vietqr\"", html, StringComparison.Ordinal);
        Assert.Contains("120.000 đ (Một trăm hai mươi nghìn đồng)", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv=\"refresh\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_code_is_shown_large_with_what_to_write_where_it_cannot_be_read_and_the_page_looks_again()
    {
        city.Says($"payments/{Id}", Payment("pending", new { method = "vietqr", state = "open" }));
        var html = await _browser.GetStringAsync($"/payments/{Id}?culture=en", City.Ct);
        Html.IsWellMade(html, "en");
        foreach (var word in new[] { $"src=\"/payments/{Id}/qr.svg\"", "HL123456", "0101234567 · KHO BAC", "Before", "http-equiv=\"refresh\" content=\"5\"", "alt=\"VietQR code of 120.000 đ, message HL123456\"" })
            Assert.Contains(word, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_way_to_pay_is_begun_once_against_what_was_shown()
    {
        city.Says($"payments/{Id}", Payment("pending"));
        city.Says($"POST payments/{Id}/attempts", Begun("vietqr"), 201);
        var page = await _browser.GetStringAsync($"/payments/{Id}", City.Ct);
        var once = System.Text.RegularExpressions.Regex.Match(page, "name=\"once\" value=\"([^\"]+)\"").Groups[1].Value;
        using var begun = await BeginAsync(page, "vietqr", once);
        Assert.Equal((HttpStatusCode.SeeOther, $"/payments/{Id}"), (begun.StatusCode, begun.Headers.Location!.ToString()));
        var sent = city.Requests.Last(r => r.Path == $"payments/{Id}/attempts");
        Assert.Equal((once, "\"7\""), (sent.Once, sent.Version));
        Assert.Contains("\"vietqr\"", sent.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_national_portal_takes_the_payer_over()
    {
        city.Says($"payments/{Id}", Payment("pending"));
        city.Says($"POST payments/{Id}/attempts", Begun("portal", "https://pay.example/x"), 201);
        var page = await _browser.GetStringAsync($"/payments/{Id}", City.Ct);
        // No form may lead to another site: the policy of the page forbids it.
        using var begun = await BeginAsync(page, "portal", Guid.CreateVersion7().ToString());
        Assert.Equal((HttpStatusCode.SeeOther, $"/payments/{Id}/onward"), (begun.StatusCode, begun.Headers.Location!.ToString()));
        city.Says($"payments/{Id}", Payment("processing", new { method = "portal", state = "open", redirectUrl = "https://pay.example/x?a=1&b=2" }));
        var onward = await _browser.GetStringAsync($"/payments/{Id}/onward", City.Ct);
        Assert.Contains("content=\"0;url=https://pay.example/x?a=1&amp;b=2\"", onward, StringComparison.Ordinal);
        Assert.Contains("<a class=\"ds-button\" href=\"https://pay.example/x?a=1&amp;b=2\"", onward, StringComparison.Ordinal);
        Assert.Contains("pay.example", Html.Text(onward), StringComparison.Ordinal);
        Assert.Contains($"href=\"/payments/{Id}/onward\"", await _browser.GetStringAsync($"/payments/{Id}", City.Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("javascript:alert(1)")]
    [InlineData("/elsewhere")]
    public async Task Without_a_place_to_go_on_the_payment_is_shown(string? url)
    {
        city.Says($"payments/{Id}", Payment("processing", new { method = "portal", state = "open", redirectUrl = url }));
        using var onward = await _browser.GetAsync($"/payments/{Id}/onward", City.Ct);
        Assert.Equal($"/payments/{Id}", onward.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Paid_is_told_as_soon_as_it_is_so()
    {
        var looks = 0;
        city.Answers($"payments/{Id}", _ => Interlocked.Increment(ref looks) switch
        {
            1 => Results.Json(Payment("pending")),
            2 => Results.Json(new { title = "Đang bận" }, contentType: "application/problem+json", statusCode: 503),
            _ => Results.Json(Payment("settled")),
        });
        using var told = await _browser.GetAsync($"/payments/{Id}/events", City.Ct);
        Assert.Equal("text/event-stream", told.Content.Headers.ContentType!.MediaType);
        Assert.Equal("event: state\ndata: pending\n\nevent: state\ndata: settled\n\n", await told.Content.ReadAsStringAsync(City.Ct));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(401)]
    [InlineData(403)]
    public async Task What_is_not_the_visitors_is_not_watched(int status)
    {
        city.Refuses($"payments/{Id}", status, "X", "Không được");
        using var refused = await _browser.GetAsync($"/payments/{Id}/events", City.Ct);
        Assert.Equal(status, (int)refused.StatusCode);
    }

    [Fact]
    public async Task With_scripts_nothing_is_reloaded_and_the_code_goes_to_the_banks_app()
    {
        city.Says($"payments/{Id}", Payment("pending", new { method = "vietqr", state = "open" }));
        city.Answers($"payments/{Id}/qr.png", _ => Results.Bytes("png"u8.ToArray(), "image/png"));
        var html = await _browser.GetStringAsync($"/payments/{Id}", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains("<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>", html, StringComparison.Ordinal);
        Assert.Contains($"data-events=\"/payments/{Id}/events\" data-status=\"pending\"", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/payments/{Id}/qr.png\" download=\"HL123456.png\"", html, StringComparison.Ordinal);
        Assert.Equal("png", await _browser.GetStringAsync($"/payments/{Id}/qr.png", City.Ct));
    }

    [Fact]
    public async Task What_the_api_refuses_is_shown_on_the_page_with_the_present_state()
    {
        city.Says($"payments/{Id}", Payment("settled"));
        city.Refuses($"POST payments/{Id}/attempts", 409, "PAY-0005", "Đã nộp rồi");
        var page = await _browser.GetStringAsync($"/payments/{Id}", City.Ct);
        using var refused = await BeginAsync(page, "vietqr", "x");
        var html = await refused.Content.ReadAsStringAsync(City.Ct);
        Assert.Contains("Đã nộp rồi", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/payments/{Id}/receipt.pdf\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("processing", "Đang chờ kết quả thanh toán")]
    [InlineData("unknown", "Đang chờ kết quả thanh toán")]
    [InlineData("expired", "Yêu cầu đã hết hạn")]
    [InlineData("created", "Chưa đến lúc nộp")]
    [InlineData("cancelled", "Không phải nộp nữa")]
    [InlineData("partiallyRefunded", "Đã hoàn một phần")]
    [InlineData("refunded", "Đã hoàn tiền")]
    public async Task Every_state_has_its_words(string status, string title)
    {
        city.Says($"payments/{Id}", Payment(status));
        Assert.Contains(title, await _browser.GetStringAsync($"/payments/{Id}", City.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_and_papers_come_through_with_the_visitors_token()
    {
        city.Answers($"payments/{Id}/qr.svg", _ => Results.Bytes(Encoding.UTF8.GetBytes("<svg/>"), "image/svg+xml"));
        city.Answers($"payments/{Id}/receipt.pdf", _ => Results.Bytes("%PDF-"u8.ToArray(), "application/pdf", "bien-lai.pdf"));
        using var image = await _browser.GetAsync($"/payments/{Id}/qr.svg", City.Ct);
        Assert.Equal("image/svg+xml", image.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("Bearer ", city.Requests.Last(r => r.Path.EndsWith("qr.svg", StringComparison.Ordinal)).Token, StringComparison.Ordinal);
        using var paper = await _browser.GetAsync($"/payments/{Id}/receipt.pdf", City.Ct);
        Assert.Equal("bien-lai.pdf", paper.Content.Headers.ContentDisposition!.FileName);
        city.Refuses($"payments/{Id}/receipt.pdf", 403, "PAY-0003", "Không được");
        using var refused = await _browser.GetAsync($"/payments/{Id}/receipt.pdf", City.Ct);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task A_receipt_that_is_not_sealed_yet_is_waited_for()
    {
        city.Refuses($"payments/{Id}/receipt.pdf", 409, "PAY-0409", "Đang lập biên lai");
        using var soon = await _browser.GetAsync($"/payments/{Id}/receipt.pdf", City.Ct);
        var html = await soon.Content.ReadAsStringAsync(City.Ct);
        Assert.Equal(HttpStatusCode.Conflict, soon.StatusCode);
        Html.IsWellMade(html, "vi");
        Assert.Contains("Biên lai đang được lập", html, StringComparison.Ordinal);
        using var none = await _browser.GetAsync($"/payments/{Guid.AllBitsSet}/receipt.pdf", City.Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task A_dossier_leads_to_its_papers_and_to_what_is_due()
    {
        var (dossier, file) = (Guid.Parse("0198e000-0000-7000-8000-000000000078"), Guid.Parse("0198e000-0000-7000-8000-000000000079"));
        city.Says($"dossiers/{dossier}", new
        {
            id = dossier,
            code = "H49-1",
            status = "SUBMITTED",
            statusName = "Đã nộp",
            procedureName = "Đăng ký",
            unitName = "Phường",
            subject = "",
            documents = new[] { new { id = file, fileName = "ket-qua.pdf", kind = "result" } },
            payment = new { id = Id, status = "requested", amount = 120000 },
        });
        city.Answers($"dossiers/{dossier}/documents/{file}", _ => Results.Bytes("%PDF-"u8.ToArray(), "application/pdf", "ket-qua.pdf"));
        var html = await _browser.GetStringAsync($"/dossiers/{dossier}", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains($"href=\"/payments/{Id}\"", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/dossiers/{dossier}/documents/{file}\"", html, StringComparison.Ordinal);
        Assert.Equal("%PDF-", await _browser.GetStringAsync($"/dossiers/{dossier}/documents/{file}", City.Ct));
        using var nobody = city.Browser();
        using var stranger = await nobody.GetAsync($"/dossiers/{dossier}/documents/{file}", City.Ct);
        Assert.Equal(HttpStatusCode.Redirect, stranger.StatusCode);
    }

    private static object Begun(string method, string? redirectUrl = null) => new
    {
        id = Id,
        payload = method == "vietqr" ? "000201" : null,
        reference = "HL123456",
        amount = 120000,
        expiresAt = "2026-12-02T10:00:00Z",
        method,
        redirectUrl,
        message = (string?)null,
    };

    private static object Payment(string status, params object[] attempts) => new
    {
        id = Id,
        dossierId = Id,
        dossierCode = "H49-1",
        status,
        reference = "HL123456",
        amount = 120000,
        remaining = 120000,
        amountInWords = "Một trăm hai mươi nghìn đồng",
        items = new[] { new { name = "Phí thẩm định", amount = 120000 } },
        beneficiary = new { bank = "VCB", account = "0101234567", name = "KHO BAC" },
        expiresAt = "2026-12-02T10:00:00Z",
        attempts,
    };

    private static string Version(string page) => WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(page, "name=\"version\" value=\"([^\"]*)\"").Groups[1].Value);

    private async Task<HttpResponseMessage> BeginAsync(string page, string method, string once)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["method"] = method, ["once"] = once, ["version"] = Version(page), ["__RequestVerificationToken"] = Html.FormToken(page) });
        return await _browser.PostAsync($"/payments/{Id}/attempts", form, City.Ct);
    }
}
