using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Templates;

namespace HaLong.Notifications.Tests.Templates;

/// <summary>Every mail as it is sent, looked at as checkers of accessibility look at pages (WCAG 2.2 AA).</summary>
public sealed partial class MailAccessibilityTests
{
    public static TheoryData<string, string> Mails => [.. NoticeKinds.Variables.Keys.SelectMany(k => new[] { (k, "vi"), (k, "en") })];

    [Theory, MemberData(nameof(Mails))]
    public void A_mail_can_be_read_by_everybody(string kind, string language)
    {
        var notice = TemplateCatalog.Load().Render(kind, language, SampleValues.Of(kind, language, "https://halong.test/account"));
        var errors = new List<string>();
        var parser = new HtmlParser(new HtmlParserOptions { IsKeepingSourceReferences = true });
        parser.Error += (_, e) => errors.Add(((AngleSharp.Html.Dom.Events.HtmlErrorEvent)e).Message);

        using var page = parser.ParseDocument(notice.Html);

        Assert.Empty(errors);
        Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
        Assert.Equal(notice.Subject, page.Title);
        Assert.Equal(notice.Subject, Assert.Single(page.QuerySelectorAll("h1")).TextContent);
        Assert.Single(page.QuerySelectorAll("main"));
        Assert.Contains("width=device-width", page.QuerySelector("meta[name=viewport]")!.GetAttribute("content")!, StringComparison.Ordinal);
        Assert.DoesNotContain("user-scalable=no", notice.Html, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("table:not([role=presentation]), img:not([alt]), script, iframe, form, link, [onclick], [tabindex], marquee, blink"));
        // Nothing is loaded: a mail must be whole without the network, and must not tell anybody that it was read.
        Assert.Empty(page.QuerySelectorAll("[src], [background], [srcset]"));
        Assert.DoesNotMatch(@"url\s*\(|@import", notice.Html);
        Assert.All(page.QuerySelectorAll("a"), a => Assert.InRange(a.TextContent.Trim().Length, 4, 80));
        Assert.All(page.QuerySelectorAll("a"), a => Assert.StartsWith("https://", a.GetAttribute("href"), StringComparison.Ordinal));
        Assert.Equal(page.QuerySelectorAll("[id]").Length, page.QuerySelectorAll("[id]").Select(e => e.Id).Distinct().Count());
    }

    [Theory, MemberData(nameof(Mails))]
    public void Without_html_nothing_is_lost(string kind, string language)
    {
        var notice = TemplateCatalog.Load().Render(kind, language, SampleValues.Of(kind, language, "https://halong.test/account"));
        using var page = new HtmlParser().ParseDocument(notice.Html);
        var plain = Spaces().Replace(notice.Text, " ");

        foreach (var words in page.QuerySelectorAll("main p").SelectMany(p => p.Descendants<IText>()).Where(t => t.ParentElement?.LocalName != "a"))
        {
            if (Spaces().Replace(words.Data, " ").Trim() is { Length: > 0 } wanted)
                Assert.All(wanted.Split(". "), sentence => Assert.Contains(sentence, plain, StringComparison.Ordinal));
        }

        Assert.All(page.QuerySelectorAll("a"), a => Assert.Contains(a.GetAttribute("href")!, notice.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("<", notice.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public void Letters_stand_out_by_day_and_by_night(string language)
    {
        var html = TemplateCatalog.Embedded().ToDictionary()[$"layout-{language}.html"];
        var (day, night) = (html[html.IndexOf("<body", StringComparison.Ordinal)..], html[html.IndexOf("@media", StringComparison.Ordinal)..html.IndexOf("</style>", StringComparison.Ordinal)]);

        Assert.Contains("content=\"light dark\"", html, StringComparison.Ordinal);
        AssertReadable(Colours(day), "#ffffff");
        AssertReadable(Colours(html[html.IndexOf("<style>", StringComparison.Ordinal)..html.IndexOf("@media", StringComparison.Ordinal)]), "#ffffff");
        AssertReadable(Colours(night), "#1a1a1a");
        // Whatever has a colour by day has one by night: none of it stays dark on dark.
        Assert.All(["body", "h1", "a", ".note"], name => Assert.Matches($@"(^|[\s,]){Regex.Escape(name)}[ ,{{]", night));
        Assert.Equal(Regex.Count(night, "color: "), Regex.Count(night, @"color: #[0-9a-f]{6} !important"));
    }

    [Fact]
    public void The_measure_of_contrast_is_the_one_of_WCAG()
    {
        Assert.Equal(21, Contrast("#000000", "#ffffff"), 2);
        Assert.Equal(4.54, Contrast("#767676", "#ffffff"), 2);
        Assert.Equal(1, Contrast("#123456", "#123456"), 5);
    }

    private static IReadOnlyList<string> Colours(string css) => [.. Colour().Matches(css).Select(m => m.Groups[1].Value)];

    private static void AssertReadable(IReadOnlyList<string> colours, string ground)
    {
        Assert.NotEmpty(colours);
        Assert.All(colours, c => Assert.InRange(Contrast(c, ground), 4.5, 21));
    }

    private static double Contrast(string one, string other)
    {
        double[] both = [Luminance(one), Luminance(other)];
        return (both.Max() + 0.05) / (both.Min() + 0.05);
    }

    private static double Luminance(string colour)
    {
        double[] parts = [.. Enumerable.Range(0, 3).Select(i => int.Parse(colour.AsSpan(1 + (2 * i), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))];
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }

    [GeneratedRegex("(?<!background: ?)(?<=[;\" {])color: ?(#[0-9a-f]{6})")]
    private static partial Regex Colour();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
