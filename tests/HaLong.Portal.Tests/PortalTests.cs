using System.Net;
using System.Text.RegularExpressions;

namespace HaLong.Portal.Tests;

public sealed partial class PortalTests(BarePortal portal) : IClassFixture<BarePortal>, IDisposable
{
    private readonly HttpClient _client = portal.Browser();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_home_page_is_vietnamese_by_default()
    {
        using var response = await _client.GetAsync("/", Ct);
        var html = await response.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Html.IsWellMade(html, "vi");
        Assert.Contains("<html lang=\"vi\"", html, StringComparison.Ordinal);
        Assert.Contains("<title>Dịch vụ công trực tuyến · HaLongServices</title>", html, StringComparison.Ordinal);
        Assert.Equal("vi", response.Content.Headers.ContentLanguage.Single());
    }

    [Theory]
    [InlineData("/", "en-GB,en;q=0.8", "en")]
    [InlineData("/", "fr", "vi")]
    [InlineData("/?culture=en", "vi", "en")]
    public async Task The_language_follows_the_browser_or_the_address(string address, string accepted, string language)
    {
        _client.DefaultRequestHeaders.Add("Accept-Language", accepted);
        Assert.Contains($"<html lang=\"{language}\"", await _client.GetStringAsync(address, Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_language_switch_is_a_link_that_is_remembered()
    {
        var link = Switch().Match(await _client.GetStringAsync("/", Ct)).Groups[1].Value;
        Assert.Equal("/language/en?to=%2F", link);
        using var response = await _client.GetAsync(link, Ct);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/", response.Headers.Location?.ToString());
        var english = await _client.GetStringAsync("/", Ct);
        Assert.Contains("<html lang=\"en\"", english, StringComparison.Ordinal);
        Assert.Equal("/language/vi?to=%2F", Switch().Match(english).Groups[1].Value);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("vi%0d%0aX")]
    public async Task Other_languages_are_not_promised(string language)
    {
        using var response = await _client.GetAsync("/language/" + language, Ct);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/nowhere")]
    public async Task Nothing_is_scripted_or_fetched_from_elsewhere(string address)
    {
        _client.DefaultRequestHeaders.Add("Accept", "text/html");
        using var response = await _client.GetAsync(address, Ct);
        var html = await response.Content.ReadAsStringAsync(Ct);
        Assert.All(Regex.Matches(html, "<script[^>]*>[^<]*").Select(m => m.Value), s => Assert.Matches("^<script type=\"module\" src=\"/assets/[^\"]+\">$", s));
        Assert.DoesNotContain("style=", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("(href|src|action)=\"https?://", html);
        Assert.StartsWith("default-src 'none'; script-src 'self'; connect-src 'self';", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task The_style_sheet_is_there_and_may_be_kept()
    {
        var path = Regex.Match(await _client.GetStringAsync("/", Ct), "rel=\"stylesheet\" href=\"(/assets/[^\"]+)\"").Groups[1].Value;
        using var response = await _client.GetAsync(path, Ct);
        Assert.Equal("text/css", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", response.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("be-vietnam-pro-latin-400-normal.woff2", "font/woff2")]
    [InlineData("be-vietnam-pro-vietnamese-600-normal.woff2", "font/woff2")]
    public async Task The_typeface_is_ours_to_serve(string file, string type)
    {
        using var response = await _client.GetAsync("/assets/" + file, Ct);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        using var none = await _client.GetAsync("/assets/" + file + "x", Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task The_first_view_is_small()
    {
        _client.DefaultRequestHeaders.Add("Accept-Encoding", "br");
        var html = await _client.GetAsync("/", Ct);
        using var plain = portal.Browser();
        var page = await plain.GetStringAsync("/", Ct);
        var bytes = (await html.Content.ReadAsByteArrayAsync(Ct)).Length;
        string[] typeface = [.. new[] { "latin-400", "latin-600", "vietnamese-400", "vietnamese-600" }.Select(f => $"/assets/be-vietnam-pro-{f}-normal.woff2")];
        foreach (var path in Regex.Matches(page, "href=\"(/assets/[^\"]+css)\"").Select(m => m.Groups[1].Value).Concat(typeface))
            bytes += (await _client.GetByteArrayAsync(path, Ct)).Length;
        Assert.InRange(bytes, 20_000, 100_000);
    }

    [Fact]
    public async Task A_page_in_two_languages_is_not_mixed_up_by_caches()
    {
        using var response = await _client.GetAsync("/", Ct);
        Assert.Contains("Accept-Language", response.Headers.Vary);
        Assert.Contains("Cookie", response.Headers.Vary);
    }

    [Fact]
    public async Task An_unknown_address_is_a_page_for_people()
    {
        _client.DefaultRequestHeaders.Add("Accept", "text/html,application/xhtml+xml");
        using var response = await _client.GetAsync("/nowhere", Ct);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("Không tìm thấy trang</h1>", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_address_is_a_problem_for_programs()
    {
        _client.DefaultRequestHeaders.Add("Accept", "application/json");
        using var response = await _client.GetAsync("/nowhere", Ct);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task Probes_answer(string address) => Assert.Equal("Healthy", await _client.GetStringAsync(address, Ct));

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("href=\"(/language/[^\"]+)\"")]
    private static partial Regex Switch();
}
