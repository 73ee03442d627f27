using HaLong.Notifications.Templates.Checking;

namespace HaLong.Notifications.Tests.Templates;

/// <summary>What may stand in the HTML of a mail, as a parser of browsers sees it.</summary>
public sealed class MailRulesTests
{
    [Theory]
    [InlineData("<p>Chào bạn</p>")]
    [InlineData("<p>Chào <strong>bạn</strong>, <em>ngày</em> mới<br>và <span lang=\"en\">welcome</span></p>")]
    [InlineData("<ul><li>Một</li><li>Hai</li></ul>")]
    [InlineData("<ol><li>Một</li></ol>")]
    [InlineData("<p>Hồ sơ &amp; giấy tờ</p>")]
    [InlineData("<p lang=\"vi\">Chào bạn</p>")]
    [InlineData("<p>Chào bạn")]
    [InlineData("<p><a href=\"{{link}}\">Xem hồ sơ</a></p>")]
    [InlineData("<p><a href=\"https://dichvucong.gov.vn/p/home?x=1&amp;y=2\">Cổng dịch vụ công quốc gia</a></p>")]
    public void Sound_html_passes(string html) => Assert.Empty(Check(html));

    [Theory]
    [InlineData("Chào bạn", "Each paragraph is")]
    [InlineData("<p>Chào</p>bạn", "Each paragraph is")]
    [InlineData("<p>Chào <strong>bạn</p>", "not well-formed")]
    [InlineData("<p>Chào</p></p>", "not well-formed")]
    [InlineData("<p>Chào & bạn &xyz;</p>", "not well-formed")]
    [InlineData("<p>Chào</p></body></html><p>bạn</p>", "not well-formed")]
    [InlineData("<p lang=vi lang=en>Chào</p>", "not well-formed")]
    public void What_is_not_well_formed_is_refused(string html, string word) => AssertRefused(html, word);

    [Theory]
    [InlineData("<script>alert(1)</script>", "script is not allowed")]
    [InlineData("<p>Chào<script>alert(1)</script></p>", "script is not allowed")]
    [InlineData("<p><img src=\"https://x.vn/a.png\" alt=\"a\"></p>", "img is not allowed")]
    [InlineData("<p><img src=\"{{link}}\"></p>", "img is not allowed")]
    [InlineData("<iframe src=\"https://x.vn\"></iframe>", "iframe is not allowed")]
    [InlineData("<p><svg onload=\"alert(1)\"></svg></p>", "svg is not allowed")]
    [InlineData("<p><math><mi>x</mi></math></p>", "math is not allowed")]
    [InlineData("<form action=\"https://x.vn\"><input name=\"pin\"></form>", "form is not allowed")]
    [InlineData("<style>p{}</style><p>Chào</p>", "style is not allowed")]
    [InlineData("<table role=\"presentation\"><tbody><tr><td>Chào</td></tr></tbody></table>", "table is not allowed")]
    [InlineData("<h1>Chào</h1>", "h1 is not allowed")]
    [InlineData("<p><font>Chào</font></p>", "font is not allowed")]
    [InlineData("<p onclick=\"alert(1)\">Chào</p>", "attribute onclick")]
    [InlineData("<p style=\"color:#eee\">Chào</p>", "attribute style")]
    [InlineData("<p class=\"x\">Chào</p>", "attribute class")]
    [InlineData("<p lang=\"fr\">Chào</p>", "attribute lang")]
    [InlineData("<p href=\"{{link}}\">Chào</p>", "attribute href")]
    [InlineData("<p><a href=\"{{link}}\" target=\"_blank\">Xem hồ sơ</a></p>", "attribute target")]
    [InlineData("<p>Chào<!-- hidden --></p>", "Comments")]
    [InlineData("<meta http-equiv=\"refresh\" content=\"0\"><p>Chào</p>", "meta is not allowed")]
    public void What_runs_loads_or_hides_is_refused(string html, string word) => AssertRefused(html, word);

    [Theory]
    [InlineData("<p></p>", "is empty")]
    [InlineData("<p> <br> </p>", "is empty")]
    [InlineData("<ul><li></li></ul>", "li is empty")]
    [InlineData("<p><a href=\"{{link}}\"></a></p>", "no words")]
    [InlineData("<p><a href=\"{{link}}\"> <br></a></p>", "no words")]
    [InlineData("<p><a href=\"{{link}}\">Tại đây</a></p>", "do not say where")]
    [InlineData("<p><a href=\"{{link}}\">click here</a></p>", "do not say where")]
    [InlineData("<p><a href=\"{{link}}\">https://halong.vn</a></p>", "do not say where")]
    [InlineData("<p><a>Xem hồ sơ</a></p>", "A link leads to")]
    [InlineData("<p><a href=\"\">Xem hồ sơ</a></p>", "A link leads to")]
    [InlineData("<p><a href=\"/account\">Xem hồ sơ</a></p>", "A link leads to")]
    [InlineData("<p><a href=\"http://halong.vn\">Xem hồ sơ</a></p>", "A link leads to")]
    [InlineData("<p><a href=\"javascript:alert(1)\">Xem hồ sơ</a></p>", "A link leads to")]
    [InlineData("<p><a href=\" javascript:alert(1)\">Xem hồ sơ</a></p>", "A link leads to")]
    [InlineData("<p><a href=\"data:text/html,x\">Xem hồ sơ</a></p>", "A link leads to")]
    [InlineData("<p><a href=\"https://halong.vn@evil.example/\">Xem hồ sơ</a></p>", "A link leads to")]
    [InlineData("<p><a href=\"https://evil.example/?to={{link}}\">Xem hồ sơ</a></p>", "A link leads to")]
    [InlineData("<p><a href=\"{{code}}\">Xem hồ sơ</a></p>", "A link leads to")]
    public void What_a_screen_reader_cannot_use_or_leads_astray_is_refused(string html, string word) => AssertRefused(html, word);

    [Fact]
    public void The_plain_text_says_what_the_html_says()
    {
        Assert.Contains(Check("<p>Hạn nộp là ngày mai.</p>", "Chào bạn"), d => d.Contains("The plain text lacks “Hạn nộp là ngày mai.”", StringComparison.Ordinal));
        Assert.Contains(Check("<p><a href=\"{{link}}\">Xem hồ sơ</a></p>", "Xem hồ sơ"), d => d.Contains("The plain text lacks the link {{link}}", StringComparison.Ordinal));
        Assert.Contains(Check("<p>Xem</p>", "Xem {{link}}"), d => d.Contains("The HTML lacks the link {{link}}", StringComparison.Ordinal));
        Assert.Contains(
            Check("<p><a href=\"https://dichvucong.gov.vn/\">Cổng quốc gia</a></p>", "Xem https://evil.example/."), d => d.Contains("The HTML lacks the link https://evil.example/", StringComparison.Ordinal));
        Assert.Empty(Check("<p>Chào\n   bạn</p><p><a href=\"{{link}}\">Xem hồ sơ</a></p>", "Chào bạn", "Xem: {{link}}."));
    }

    private static void AssertRefused(string html, string word) => Assert.Contains(Check(html), d => d.Contains(word, StringComparison.Ordinal));

    /// <summary>Against a plain text that holds everything that the sound examples say.</summary>
    private static IReadOnlyList<string> Check(string html)
    {
        var said = System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(html.Replace("<br>", "\u0001", StringComparison.Ordinal), "<[^>]*>", "\u0001"));
        var links = System.Text.RegularExpressions.Regex.Matches(html, "href=\"(.*?)\"").Select(m => System.Net.WebUtility.HtmlDecode(m.Groups[1].Value));
        return Check(html, [.. said.Split('\u0001'), .. links]);
    }

    private static IReadOnlyList<string> Check(string html, params string[] text)
    {
        var defects = new Defects();
        MailRules.Check("vi.email", text, [html], defects);
        return [.. defects.All.Select(d => d.En)];
    }
}
