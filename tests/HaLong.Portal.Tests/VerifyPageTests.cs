using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using HaLong.Portal.Design;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;

namespace HaLong.Portal.Tests;

/// <summary>The page of a paper, with the public API as a small real server.</summary>
public sealed class VerifyPageTests : IAsyncLifetime
{
    private const string Token = "01936f1c8a5b7c3d9e2f1a2b3c4d5e6f";
    private const string Next = "01936f1c8a5b7c3d9e2f1a2b3c4d5e70";

    private readonly ConcurrentQueue<(string Path, string Language, string Address)> _asked = new();
    private WebApplication? _api;
    private WebApplicationFactory<Program>? _portal;
    private HttpClient? _client;
    private Func<IResult> _answer = () => Results.NotFound();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private HttpClient Client => _client!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        _api = builder.Build();
        _api.MapGet("/api/v1/verification/{token}", (string token, HttpContext http) =>
        {
            _asked.Enqueue((http.Request.Path, http.Request.Headers.AcceptLanguage.ToString(), http.Request.Headers["X-Forwarded-For"].ToString()));
            return _answer();
        });
        await _api.StartAsync(Ct);
        _portal = new WebApplicationFactory<Program>().WithWebHostBuilder(b => b.UseSetting("PublicUrl", _api.Urls.First()));
        _client = _portal.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_portal is not null)
            await _portal.DisposeAsync();
        if (_api is not null)
            await _api.DisposeAsync();
    }

    [Theory]
    [InlineData("vi", "Giấy tờ có thật và còn giá trị", "Phường Hạ Long", "Chấp thuận", "Cấp giấy")]
    [InlineData("en", "This paper is genuine and valid", "Ha Long Ward", "Approved", "Issue of a certificate")]
    public async Task A_valid_paper_is_told_in_plain_words_in_both_languages(string language, string title, string unit, string outcome, string procedure)
    {
        _answer = () => Paper("VALID");
        using var response = await Client.GetAsync($"/verify/{Token}?culture={language}", Ct);
        var html = await response.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        foreach (var word in new[] { title, unit, outcome, procedure, "H49.01-261130-0001", language == "vi" ? "16:05 30/11/2026" : "30 Nov 2026, 16:05", "Phạm Duyệt", "class=\"verdict good\"", $"<html lang=\"{language}\"" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        Assert.Equal(($"/api/v1/verification/{Token}", language), (_asked.Single().Path, _asked.Single().Language));
        Assert.Single(Regex.Matches(html, "<h1"));
    }

    [Fact]
    public async Task A_replaced_paper_leads_to_the_one_that_counts()
    {
        _answer = () => Paper("REPLACED", replacedBy: Next);
        var html = await Client.GetStringAsync($"/verify/{Token}", Ct);
        Assert.Contains("không còn giá trị", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/verify/{Next}\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("verdict good", html, StringComparison.Ordinal);
        _answer = () => Paper("WITHDRAWN");
        Assert.Contains("Hồ sơ đã được người nộp rút", await Client.GetStringAsync($"/verify/{Token}", Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, HttpStatusCode.NotFound, "There is no such paper")]
    [InlineData(429, HttpStatusCode.TooManyRequests, "Try again in a few minutes")]
    [InlineData(500, HttpStatusCode.ServiceUnavailable, "It cannot be checked at the moment")]
    [InlineData(200, HttpStatusCode.ServiceUnavailable, "says nothing against the paper")]
    public async Task What_cannot_be_told_says_why_and_blames_no_paper_for_an_outage(int status, HttpStatusCode shown, string words)
    {
        // 200 with something that is no paper.
        _answer = () => status == 200 ? Results.Text("<html>") : Results.StatusCode(status);
        using var response = await Client.GetAsync($"/verify/{Token}?culture=en", Ct);
        Assert.Equal(shown, response.StatusCode);
        Assert.Contains(words, await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_gateway_down_the_page_says_so()
    {
        await _api!.StopAsync(Ct);
        using var response = await Client.GetAsync($"/verify/{Token}?culture=en", Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("It cannot be checked", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("01936f1c8a5b7c3d9e2f1a2b3c4d5e6g")]
    [InlineData("..%2f..%2fverification-keys0000000000")]
    public async Task What_is_no_token_is_not_even_asked_about(string token)
    {
        using var response = await Client.GetAsync($"/verify/{token}", Ct);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task The_visitors_address_goes_on_to_the_gateway_and_what_comes_back_is_never_markup()
    {
        _answer = () => Paper("VALID", signedBy: "<script>alert(1)</script>&\"");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/verify/{Token}");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        using var response = await Client.SendAsync(request, Ct);
        var html = await response.Content.ReadAsStringAsync(Ct);
        Assert.Equal("203.0.113.7", _asked.Single().Address);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_script_is_ours_and_nobody_learns_which_paper_was_looked_at()
    {
        _answer = () => Paper("VALID");
        using var response = await Client.GetAsync($"/verify/{Token}", Ct);
        var html = await response.Content.ReadAsStringAsync(Ct);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; connect-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(("no-referrer", "noindex"), (Assert.Single(response.Headers.GetValues("Referrer-Policy")), Assert.Single(response.Headers.GetValues("X-Robots-Tag"))));
        Assert.Contains($"<script type=\"module\" src=\"{AssetFiles.Of("verify.js")}\">", Regex.Matches(html, "<script[^>]*>").Select(m => m.Value));
        Assert.DoesNotMatch("https?://", html);
        using var script = await Client.GetAsync(AssetFiles.Of("verify.js"), Ct);
        Assert.Equal("text/javascript", script.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", script.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_gateways_address_the_portal_does_not_start()
    {
        using var portal = new WebApplicationFactory<Program>().WithWebHostBuilder(b => b.UseSetting("PublicUrl", ""));
        Assert.Contains("PublicUrl", Assert.ThrowsAny<Exception>(() => portal.CreateClient()).ToString(), StringComparison.Ordinal);
    }

    private static IResult Paper(string status, string? replacedBy = null, string signedBy = "Phạm Duyệt") => Results.Json(new
    {
        token = Token,
        status,
        kindName = "Kết quả",
        code = "H49.01-261130-0001",
        procedureCode = "1.013978",
        procedureNameVi = "Cấp giấy",
        procedureNameEn = "Issue of a certificate",
        unitNameVi = "Phường Hạ Long",
        unitNameEn = "Ha Long Ward",
        outcome = "APPROVED",
        issuedAt = new DateTimeOffset(2026, 11, 30, 9, 5, 0, TimeSpan.Zero),
        sha256 = new string('a', 64),
        size = 1,
        replacedBy,
        replacedAt = replacedBy is null ? (DateTimeOffset?)null : DateTimeOffset.UnixEpoch,
        signedBy,
    });
}
