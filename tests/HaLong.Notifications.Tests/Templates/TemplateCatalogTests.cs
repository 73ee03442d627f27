using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Messages;
using HaLong.Notifications.Templates;

namespace HaLong.Notifications.Tests.Templates;

public sealed class TemplateCatalogTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 2, 15, 0, TimeSpan.Zero);

    public static TheoryData<string, string> Texts
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var kind in NoticeKinds.Variables.Keys)
            {
                data.Add(kind, "vi");
                data.Add(kind, "en");
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Texts))]
    public void Every_notice_has_complete_texts_in_both_languages(string kind, string language)
    {
        var isOfAccount = kind != NoticeKinds.ReportReady && NoticeKinds.Variables[kind].Contains(NoticeKinds.What);
        var rendered = TemplateCatalog.Load().Render(kind, language, isOfAccount ? AccountValues(language) : kind switch
        {
            NoticeKinds.Digest => Digest(),
            NoticeKinds.ReportReady => Report(language),
            _ => Values(language),
        });

        // Drafts, requests to sign and summaries have no code.
        var word = (kind.Split('-')[0], language) switch { ("signing", "vi") => "ký", ("signing", _) => "sign", ("digest", _) => "H49-1 có kết quả", ("report", _) => "Tình hình tiếp nhận", (_, "vi") => "nháp", _ => "draft" };
        var about = isOfAccount ? AccountChanges.In("passkey_added", language) : NoticeKinds.Variables[kind].Contains(NoticeKinds.Code) ? "H49-261123-0001" : word;
        var texts = kind switch
        {
            NoticeKinds.Digest => [rendered.Body, rendered.Text, rendered.Html],
            NoticeKinds.ReportReady => [rendered.Title, rendered.Subject, rendered.Text, rendered.Html],
            _ => new[] { rendered.Title, rendered.Body, rendered.Subject, rendered.Text, rendered.Html },
        };
        foreach (var text in texts)
        {
            Assert.Contains(about, System.Net.WebUtility.HtmlDecode(text), StringComparison.Ordinal);
            Assert.DoesNotContain("{{", text, StringComparison.Ordinal);
        }

        Assert.Contains($"<html lang=\"{language}\">", rendered.Html, StringComparison.Ordinal);
        Assert.Contains("https://halong.test", rendered.Text, StringComparison.Ordinal);
        Assert.Contains(isOfAccount ? "href=\"https://halong.test/account\"" : "href=\"https://halong.test\"", rendered.Html, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', rendered.Subject);
    }

    [Fact]
    public void Money_and_times_are_written_as_the_reader_writes_them()
    {
        var catalog = TemplateCatalog.Load();

        Assert.Equal("Hồ sơ H49-261123-0001 có khoản phí, lệ phí 1.150.000 đồng. Vui lòng thanh toán trước 17:00 ngày 26/11/2026.", catalog.Render(NoticeKinds.PaymentRequested, "vi", Values("vi")).Body);
        Assert.Equal("A fee of VND 1,150,000 is due for dossier H49-261123-0001. Please pay before 17:00 on 26 November 2026.", catalog.Render(NoticeKinds.PaymentRequested, "en", Values("en")).Body);
    }

    [Fact]
    public void Values_are_escaped_in_html_and_only_there()
    {
        var values = new Dictionary<string, string>(Values("vi")) { ["code"] = "<b>&" };

        var rendered = TemplateCatalog.Load().Render(NoticeKinds.DossierReturned, "vi", values);

        Assert.Contains("&lt;b&gt;&amp;", rendered.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", rendered.Html, StringComparison.Ordinal);
        Assert.Contains("<b>&", rendered.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{code}}", "{{colour}}", "uses colour without declaring it")]
    [InlineData("\"code\",", "\"code\", \"colour\",", "declares colour, which its event cannot fill")]
    [InlineData("\"code\",", "\"code\", \"amount\",", "declares amount, which its event cannot fill")]
    [InlineData("{{code}}", "{{code}", "braces that are no place")]
    [InlineData("\"kind\": \"dossier-returned\"", "\"kind\": \"dossier-accepted\"", "says that its kind is dossier-accepted")]
    [InlineData("\"subject\"", "\"subjekt\"", "cannot be read")]
    [InlineData("\"version\": 1", "\"version\": 1, \"colour\": 2", "cannot be read")]
    public void A_mistake_in_a_template_stops_the_start_and_is_named(string old, string mistake, string complaint)
    {
        var files = Files();
        var text = files["dossier-returned.json"];
        var at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0);
        files["dossier-returned.json"] = text[..at] + mistake + text[(at + old.Length)..];

        var refusal = Assert.Throws<InvalidOperationException>(() => new TemplateCatalog(files));

        Assert.Contains("dossier-returned.json", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(complaint, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dossier-accepted.json")]
    [InlineData("layout-vi.html")]
    [InlineData("layout-en.txt")]
    public void A_missing_file_stops_the_start_and_is_named(string file)
    {
        var files = Files();
        files.Remove(file);

        Assert.Contains(file, Assert.Throws<InvalidOperationException>(() => new TemplateCatalog(files)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_that_belongs_to_no_notice_stops_the_start()
    {
        var files = Files();
        files["dossier-danced.json"] = files["dossier-returned.json"].Replace("dossier-returned", "dossier-danced", StringComparison.Ordinal);

        Assert.Contains("belongs to no notice", Assert.Throws<InvalidOperationException>(() => new TemplateCatalog(files)).Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Files() => TemplateCatalog.Embedded().ToDictionary();

    private static IReadOnlyDictionary<string, string> AccountValues(string language) => NoticeValues.Of(
        new NotifyOwner("any", "1", Guid.Empty, null, null, At, Change: "passkey_added"), language, "https://halong.test/");

    private static Dictionary<string, string> Report(string language) => new(Values(language)) { [NoticeKinds.What] = "Tình hình tiếp nhận", [NoticeKinds.List] = "Tiếp nhận: 8.059" };

    private static Dictionary<string, string> Digest() => new(Values("vi")) { [NoticeKinds.Count] = "2", [NoticeKinds.List] = "H49-1 có kết quả\nH49-2 cần bổ sung" };

    private static IReadOnlyDictionary<string, string> Values(string language) => NoticeValues.Of(
        new NotifyOwner("any", "1", Guid.Empty, Guid.Empty, "H49-261123-0001", At, 1150000, new DateTimeOffset(2026, 11, 26, 10, 0, 0, TimeSpan.Zero), Wait: "APPRAISAL"),
        language, "https://halong.test");
}
