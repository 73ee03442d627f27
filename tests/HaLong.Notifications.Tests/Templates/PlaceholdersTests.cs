using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Messages;
using HaLong.Notifications.Templates;

namespace HaLong.Notifications.Tests.Templates;

/// <summary>Places in texts and what fills them.</summary>
public sealed class PlaceholdersTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 2, 15, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("{{code}}", "code")]
    [InlineData("a {{code}} b {{link}} {{code}}", "code link code")]
    [InlineData("no place", "")]
    [InlineData("{code} {{ code }} {{1}} {{}}", "")]
    [InlineData("{{{code}}}", "code")]
    public void Places_are_found(string text, string names) => Assert.Equal(names, string.Join(' ', Placeholders.In(text)));

    [Theory]
    [InlineData("{{code}}", false)]
    [InlineData("a { b } c", false)]
    [InlineData("{{code}", true)]
    [InlineData("{{ code }}", true)]
    [InlineData("code}}", true)]
    [InlineData("{{co de}}", true)]
    [InlineData("{{code}}}}", true)]
    public void Braces_that_are_no_place_are_found(string text, bool stray) => Assert.Equal(stray, Placeholders.HasStrayBraces(text));

    [Theory]
    [InlineData("<b>&\"'", "&lt;b&gt;&amp;&quot;&#39;")]
    [InlineData("một\nhai", "một<br>hai")]
    [InlineData("{{code}}", "{{code}}")]
    public void A_value_is_never_markup_nor_a_place(string value, string html)
    {
        var values = new Dictionary<string, string> { ["code"] = value };

        Assert.Equal($"<p>{html}</p>", Placeholders.FillHtml("<p>{{code}}</p>", values));
        Assert.Equal(value, Placeholders.Fill("{{code}}", values));
    }

    [Fact]
    public void A_value_that_is_missing_is_an_error_of_the_caller() =>
        Assert.Throws<KeyNotFoundException>(() => Placeholders.Fill("{{code}}", new Dictionary<string, string>()));

    [Theory]
    [InlineData("vi"), InlineData("en")]
    public void Samples_fill_exactly_what_an_event_can(string language)
    {
        foreach (var (kind, variables) in NoticeKinds.Variables)
        {
            var samples = SampleValues.Of(kind, language, "https://halong.test");
            Assert.Equal(variables.Order(StringComparer.Ordinal), samples.Keys.Order(StringComparer.Ordinal));
            Assert.All(samples.Values, v => Assert.False(string.IsNullOrWhiteSpace(v)));
        }
    }

    [Theory]
    [InlineData("phone_failing", "số điện thoại", "telephone")]
    [InlineData("email_failing", "hộp thư điện tử", "mailbox")]
    public void What_cannot_be_reached_is_named_in_both_languages(string change, string vi, string en)
    {
        foreach (var (language, words) in new[] { ("vi", vi), ("en", en) })
        {
            var values = NoticeValues.Of(new NotifyOwner(NoticeKinds.ContactFailing, "1", Guid.Empty, null, null, At, Change: change), language, "https://halong.test/");
            var notice = TemplateCatalog.Load().Render(NoticeKinds.ContactFailing, language, values);
            Assert.Contains(words, notice.Title, StringComparison.Ordinal);
            Assert.Contains("https://halong.test/account", notice.Text, StringComparison.Ordinal);
            Assert.Null(notice.Sms);
        }
    }

    [Theory]
    [InlineData(NoticeKinds.PaymentReminder)]
    [InlineData(NoticeKinds.SupplementReminder)]
    [InlineData(NoticeKinds.DossierResultEarly)]
    public void What_is_told_again_or_early_says_the_date(string kind)
    {
        var values = NoticeValues.Of(new NotifyOwner(kind, "1", Guid.Empty, Guid.Empty, "H49-1", At, Deadline: At.AddDays(2)), "vi", "https://halong.test");

        var notice = TemplateCatalog.Load().Render(kind, "vi", values);

        Assert.All(new[] { notice.Body, notice.Text, notice.Push!.Body }, t => Assert.Contains("09:15 ngày 25/11/2026", t, StringComparison.Ordinal));
        Assert.Contains("09:15 ngay 25/11/2026", notice.Sms, StringComparison.Ordinal);
    }

    [Fact]
    public void An_invitation_to_rate_needs_no_date()
    {
        var values = NoticeValues.Of(new NotifyOwner(NoticeKinds.RatingInvited, "1", Guid.Empty, Guid.Empty, "H49-1", At), "en", "https://halong.test");

        Assert.Contains("https://halong.test", TemplateCatalog.Load().Render(NoticeKinds.RatingInvited, "en", values).Sms, StringComparison.Ordinal);
    }
}
