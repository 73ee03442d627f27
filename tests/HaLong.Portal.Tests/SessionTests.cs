using System.Net;

namespace HaLong.Portal.Tests;

/// <summary>Signing in and out, and tokens that stay away from the browser.</summary>
public sealed class SessionTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly Guid Id = Guid.Parse("0198e000-0000-7000-8000-000000000001");

    public ValueTask InitializeAsync()
    {
        (city.TokenLife, city.Renews) = (600, true);
        city.Says("dossiers", new { items = Array.Empty<object>(), after = (string?)null });
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Who_signs_in_comes_back_to_the_page_that_was_wanted()
    {
        using var browser = city.Browser();
        Assert.Equal("/dossiers?after=x", await City.SignInAsync(browser, "/dossiers?after=x"));
        var html = await browser.GetStringAsync("/dossiers", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains("Bạn chưa có hồ sơ nào.", html, StringComparison.Ordinal);
        Assert.True(City.Number(city.Requests.Last(r => r.Path.StartsWith("dossiers", StringComparison.Ordinal))) > 0);
    }

    [Fact]
    public async Task The_browser_gets_a_number_and_no_token()
    {
        using var browser = city.Browser();
        using var sent = await browser.GetAsync("/sign-in", City.Ct);
        using var outside = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var back = await outside.GetAsync(sent.Headers.Location, City.Ct);
        using var done = await browser.GetAsync(back.Headers.Location!.PathAndQuery, City.Ct);
        var cookie = Assert.Single(done.Headers.GetValues("Set-Cookie"), c => c.StartsWith("portal=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=lax", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", cookie, StringComparison.Ordinal);
        Assert.True(cookie.Length < 600);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task Nobody_is_led_elsewhere_after_the_sign_in(string to)
    {
        using var browser = city.Browser();
        Assert.Equal("/", await City.SignInAsync(browser, "/sign-in?to=" + Uri.EscapeDataString(to)));
        using var language = await browser.GetAsync("/language/en?to=" + Uri.EscapeDataString(to), City.Ct);
        Assert.Equal("/", language.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Of_many_requests_at_once_one_renews_the_token()
    {
        city.TokenLife = 1;
        using var browser = await city.SignedInAsync();
        city.TokenLife = 600;
        var before = city.Renewed;
        var pages = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => browser.GetAsync("/dossiers", City.Ct)));
        Assert.All(pages, p => Assert.Equal(HttpStatusCode.OK, p.StatusCode));
        Assert.Equal(before + 1, city.Renewed);
    }

    [Fact]
    public async Task Who_may_not_go_on_is_asked_to_sign_in_again_and_keeps_the_address()
    {
        city.TokenLife = 1;
        using var browser = await city.SignedInAsync();
        city.Renews = false;
        city.Refuses("dossiers", 401, "CMN-0401", "Hãy đăng nhập");
        using var response = await browser.GetAsync("/dossiers?after=y", City.Ct);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Contains("/connect/authorize", response.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_here_and_at_the_sign_in()
    {
        using var browser = await city.SignedInAsync();
        var token = Html.FormToken(await browser.GetStringAsync("/dossiers", City.Ct));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token });
        using var response = await browser.PostAsync("/sign-out", form, City.Ct);
        Assert.Contains("/connect/logout", response.Headers.Location!.ToString(), StringComparison.Ordinal);
        using var after = await browser.GetAsync("/dossiers", City.Ct);
        Assert.Contains("/connect/authorize", after.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_signs_a_visitor_out()
    {
        using var browser = await city.SignedInAsync();
        using var none = new FormUrlEncodedContent([]);
        using var refused = await browser.PostAsync("/sign-out", none, City.Ct);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var still = await browser.GetAsync("/dossiers", City.Ct);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task A_sign_in_that_was_refused_is_a_page_with_a_way_on()
    {
        using var browser = city.Browser();
        using var failed = await browser.GetAsync("/signin-oidc?error=access_denied&state=x", City.Ct);
        Assert.Equal("/sign-in/failed", failed.Headers.Location!.ToString());
        using var page = await browser.GetAsync("/sign-in/failed", City.Ct);
        Html.IsWellMade(await page.Content.ReadAsStringAsync(City.Ct), "vi");
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
    }

    [Fact]
    public async Task A_dossier_is_shown_with_its_steps_and_why_it_is_due_then()
    {
        city.Says($"dossiers/{Id}", new
        {
            id = Id,
            code = "H49-1",
            status = "PROCESSING",
            documents = Array.Empty<object>(),
            statusName = "Đang xử lý",
            procedureName = "Đăng ký khai tử",
            unitName = "Phường Hạ Long",
            subject = "Ông A",
            dueAt = "2026-11-11T10:00:00Z",
        });
        city.Says($"dossiers/{Id}/timeline", new[] { new { step = 1, at = "2026-11-10T04:28:57Z", note = "Đã nộp" } });
        city.Says($"dossiers/{Id}/deadline", new { steps = new[] { new { at = "2026-11-10T04:28:57Z", words = new { text = "Thời hạn 1 ngày bắt đầu" } } } });
        using var browser = await city.SignedInAsync();
        var html = await browser.GetStringAsync($"/dossiers/{Id}?culture=en", City.Ct);
        Html.IsWellMade(html, "en");
        foreach (var word in new[] { "H49-1", "Ông A", "11 Nov 2026, 17:00", "Đã nộp", "Thời hạn 1 ngày bắt đầu", "Why this date" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        using var none = await browser.GetAsync($"/dossiers/{Guid.Empty}", City.Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }
}
