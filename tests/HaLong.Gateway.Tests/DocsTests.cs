using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using HaLong.Gateway.Docs;

namespace HaLong.Gateway.Tests;

public sealed partial class DocsTests(SharedGateway shared)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_reference_needs_nothing_from_elsewhere()
    {
        using var client = shared.Host.Client();
        using var response = await client.GetAsync("/docs/", Ct);
        var html = await response.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("openapi/v1.json", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("https?://", html);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self'", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_scripts_are_served_here_and_allowed_by_its_own_policy()
    {
        using var client = shared.Host.Client();
        using var response = await client.GetAsync("/docs/", Ct);
        var html = await response.Content.ReadAsStringAsync(Ct);
        var nonce = Nonce().Match(Assert.Single(response.Headers.GetValues("Content-Security-Policy"))).Groups[1].Value;
        Assert.All(Script().Matches(html), s => Assert.True(s.Value.Contains("src=", StringComparison.Ordinal) || s.Value.Contains(nonce, StringComparison.Ordinal), s.Value));
        var sources = Source().Matches(html).Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(sources);
        foreach (var source in sources)
        {
            using var script = await client.GetAsync(new Uri(new Uri(shared.Host.Url + "/docs/"), source), Ct);
            Assert.Equal(HttpStatusCode.OK, script.StatusCode);
            Assert.Contains("javascript", script.Content.Headers.ContentType?.MediaType, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_the_slash_the_reference_is_found_too()
    {
        using var client = shared.Host.Client();
        using var response = await client.GetAsync("/docs", Ct);
        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Redirect or HttpStatusCode.MovedPermanently or HttpStatusCode.PermanentRedirect, response.StatusCode.ToString());
        Assert.DoesNotContain("127.0.0.1", response.Headers.Location?.ToString() ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/errors/XXX-9999")]
    [InlineData("/errors/%3Cscript%3E")]
    public async Task An_unknown_error_code_answers_404(string path)
    {
        using var client = shared.Host.Client();
        using var response = await client.GetAsync(path, Ct);
        await Problem.AssertAsync(response, HttpStatusCode.NotFound, "CMN-0404");
    }

    [Fact]
    public async Task A_problems_type_leads_to_its_explanation()
    {
        Assert.SkipWhen(typeof(GatewayService).Assembly.GetManifestResourceStream("errors.md") is null, "docs/errors.md is generated and was not there when the gateway was built.");
        using var client = shared.Host.Client();
        using var refused = await client.GetAsync("/api/v1/dossiers", Ct);
        using var problem = JsonDocument.Parse(await refused.Content.ReadAsStringAsync(Ct));
        using var page = await client.GetAsync(problem.RootElement.GetProperty("type").GetString(), Ct);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<h1>CMN-0401", await page.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_code_has_the_section_under_its_heading()
    {
        var sections = ErrorPages.Sections("# Errors\n\n## Dossiers\nIntro\n\n### DOS-0007 Wrong state\nWhy.\n\n#### Detail\nMore.\n\n### `DOS-0008`\nOther.\n\n## Payments\n### PAY-0001\nLast.");
        Assert.Equal(["DOS-0007", "DOS-0008", "PAY-0001"], sections.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("More.", sections["dos-0007"], StringComparison.Ordinal);
        Assert.DoesNotContain("Other.", sections["DOS-0007"], StringComparison.Ordinal);
        Assert.DoesNotContain("Payments", sections["DOS-0008"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("### DOS-0007", "<h1>DOS-0007</h1>")]
    [InlineData("a `b` **c**", "<p>a <code>b</code> <strong>c</strong>\n</p>")]
    [InlineData("- one\n- two", "<ul><li>one</li><li>two</li></ul>")]
    [InlineData("| a | b |\n|---|---|\n| 1 | 2 |", "<table><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table>")]
    [InlineData("[x](/docs)", "<p><a href=\"/docs\">x</a>\n</p>")]
    [InlineData("[x](javascript:alert)", "<p>[x](javascript:alert)\n</p>")]
    [InlineData("<script>", "<p>&lt;script&gt;\n</p>")]
    public void Markdown_becomes_html_and_nothing_else(string markdown, string html) => Assert.Equal(html, Markdown.ToHtml(markdown).Trim());

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Script();

    [GeneratedRegex("<script[^>]*src=\"([^\"]+)\"")]
    private static partial Regex Source();
}
