using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HaLong.Portal.Offline;
using HaLong.TestSupport;

namespace HaLong.Portal.Tests;

/// <summary>The portal as an app: manifest, service worker, off-line page, and the scripts of the visits.</summary>
public sealed class OfflineTests(BarePortal portal) : IClassFixture<BarePortal>, IDisposable
{
    private readonly HttpClient _client = portal.Browser();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("vi", "Dịch vụ công")]
    [InlineData("en", "Ha Long")]
    public async Task The_portal_can_be_installed(string language, string name)
    {
        var home = await _client.GetStringAsync("/?culture=" + language, Ct);
        var link = Regex.Match(home, "rel=\"manifest\" href=\"([^\"]+)\"").Groups[1].Value;
        using var response = await _client.GetAsync(link, Ct);
        Assert.Equal("application/manifest+json", response.Content.Headers.ContentType?.MediaType);
        var manifest = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!;
        Assert.Equal((name, "/", "standalone", language), (Word("short_name"), Word("start_url"), Word("display"), Word("lang")));
        foreach (var icon in manifest["icons"]!.AsArray())
        {
            using var file = await _client.GetAsync(icon!["src"]!.GetValue<string>(), Ct);
            Assert.Equal(icon["type"]!.GetValue<string>(), file.Content.Headers.ContentType?.MediaType);
        }

        Assert.Contains("apple-touch-icon", home, StringComparison.Ordinal);

        string Word(string key) => manifest[key]!.GetValue<string>();
    }

    [Fact]
    public async Task The_service_worker_may_serve_all_pages_and_is_looked_for_again_each_time()
    {
        using var response = await _client.GetAsync("/sw.js", Ct);
        Assert.Equal("text/javascript", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("/", Assert.Single(response.Headers.GetValues("Service-Worker-Allowed")));
        Assert.Equal("no-cache", response.Headers.CacheControl?.ToString());
        var script = await response.Content.ReadAsStringAsync(Ct);
        Assert.DoesNotContain("__", script, StringComparison.Ordinal);
        Assert.Contains("halong-" + OfflinePages.Version, script, StringComparison.Ordinal);
        // All that it wants to keep is there: one that is not would stop it from being installed.
        var files = JsonNode.Parse(Regex.Match(script, "const files = (\\[.*?\\]);").Groups[1].Value)!.AsArray().Select(f => f!.GetValue<string>()).ToList();
        Assert.True(files.Count > 10);
        foreach (var file in files)
        {
            using var kept = await _client.GetAsync(file, Ct);
            Assert.True(kept.IsSuccessStatusCode, file);
            Assert.False(kept.Headers.Contains("Set-Cookie"), file);
        }
    }

    [Fact]
    public async Task Scripts_of_the_visits_are_kept_for_good_under_their_version()
    {
        using var script = await _client.GetAsync(OfflinePages.Script("visits.js"), Ct);
        Assert.Contains("immutable", script.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.Contains("from './store.js'", await script.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        foreach (var none in new[] { "/offline/0123456789ab/visits.js", OfflinePages.Script("sw.js"), OfflinePages.Script("visit.js") })
        {
            using var refused = await _client.GetAsync(none, Ct);
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }
    }

    [Theory]
    [InlineData("/offline", "vi", "Không có mạng")]
    [InlineData("/offline", "en", "You are off line")]
    [InlineData("/helping/visits", "vi", "Đến nhà, không cần mạng")]
    [InlineData("/helping/visits", "en", "Home visits, off line")]
    public async Task Pages_that_are_kept_hold_nothing_of_anybody(string path, string language, string words)
    {
        var html = await _client.GetStringAsync($"{path}?culture={language}", Ct);
        Html.IsWellMade(html, language);
        Assert.Contains(words, html, StringComparison.Ordinal);
        Assert.DoesNotContain("__RequestVerificationToken", html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-owner", html, StringComparison.Ordinal);
        Assert.DoesNotContain("/sign-out", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_word_that_the_script_says_is_on_the_page()
    {
        var html = await _client.GetStringAsync("/helping/visits", Ct);
        var script = await _client.GetStringAsync(OfflinePages.Script("visits.js"), Ct) + await _client.GetStringAsync(OfflinePages.Script("view.js"), Ct);
        var said = Regex.Matches(script, @"\bwords\.([a-zA-Z]+)").Select(m => m.Groups[1].Value).Except(["owner", "lang"]).Distinct()
            .Select(w => "data-" + Regex.Replace(w, "[A-Z]", m => "-" + m.Value.ToLowerInvariant()) + "=\"");
        Assert.All(said, word => Assert.Contains(word, html, StringComparison.Ordinal));
        var ids = Regex.Matches(script, @"\$\('([a-z-]+)'\)").Select(m => m.Groups[1].Value).Distinct();
        Assert.All(ids, id => Assert.Contains($"id=\"{id}\"", html, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("portal/lock.test.mjs")]
    [InlineData("portal/sync.test.mjs")]
    [InlineData("portal/worker.test.mjs")]
    public async Task The_scripts_do_what_they_promise(string tests)
    {
        Assert.SkipUnless(await Node.HasAsync("fake-indexeddb"), Node.Missing);
        var (exit, output) = await Node.RunAsync("node", "--test", "--test-reporter=spec", tests);
        Assert.True(exit == 0, output);
        Assert.DoesNotContain("ℹ pass 0", output, StringComparison.Ordinal);
    }

    public void Dispose() => _client.Dispose();
}
