using HaLong.Notifications.Direct;
using HaLong.Notifications.Templates;

namespace HaLong.Notifications.Tests.Direct;

public sealed class DirectTextsTests
{
    public static TheoryData<string, string> Purposes => All(DirectTexts.Purposes);

    public static TheoryData<string, string> Templates => All(DirectTexts.Templates);

    [Theory]
    [MemberData(nameof(Purposes))]
    public void Every_code_is_one_SMS_and_warns_not_to_give_it_away(string purpose, string language)
    {
        var text = DirectTexts.Code(purpose, language, "123456", 5, new Dictionary<string, string> { ["count"] = "200", ["mark"] = "4F2A91C0" });

        Assert.NotNull(text);
        AssertOneSms(text);
        Assert.Contains("123456", text, StringComparison.Ordinal);
        Assert.Contains(language == "en" ? "Do not give it to anybody." : "Khong dua ma nay cho bat ky ai.", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public void Every_notice_is_one_SMS(string template, string language)
    {
        var text = DirectTexts.Notice(template, language, new Dictionary<string, string> { ["reference"] = "0198E000-7000-8000-9000", ["what"] = "thieu nu mang dan tranh", ["time"] = "09:15 23/11/2026" });

        Assert.NotNull(text);
        AssertOneSms(text);
        Assert.DoesNotContain("{", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_language_is_Vietnamese() =>
        Assert.Equal(DirectTexts.Code("registration", "vi", "000000", 5), DirectTexts.Code("registration", "fr", "000000", 5));

    [Fact]
    public void What_has_no_text_or_no_value_has_no_answer()
    {
        Assert.Null(DirectTexts.Code("nonsense", "vi", "123456", 5));
        Assert.Null(DirectTexts.Code("signing", "vi", "123456", 5));
        Assert.Null(DirectTexts.Notice("nonsense", "vi", new Dictionary<string, string>()));
        Assert.Null(DirectTexts.Notice("assisted-summary", "vi", new Dictionary<string, string>()));
    }

    [Theory]
    [InlineData("https://evil.example/login?x=1")]
    [InlineData("Nguyễn Thị Hạnh")]
    [InlineData("a value much longer than a reference can be")]
    [InlineData("")]
    public void A_value_cannot_make_another_text_of_it(string reference) =>
        Assert.Null(DirectTexts.Notice("assisted-summary", "en", new Dictionary<string, string> { ["reference"] = reference }));

    private static void AssertOneSms(string text)
    {
        var size = SmsText.Measure(text);
        Assert.Equal((SmsEncoding.Gsm7, 1), (size.Encoding, size.Parts));
        Assert.Equal(text, SmsText.Plain(text));
    }

    private static TheoryData<string, string> All(IEnumerable<string> names) => [.. names.Order().SelectMany(n => new[] { (n, "vi"), (n, "en") })];
}
