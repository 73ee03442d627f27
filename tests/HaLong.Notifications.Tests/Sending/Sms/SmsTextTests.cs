using HaLong.Notifications.Sending.Sms;
using HaLong.Notifications.Tests.Sending.Support;

namespace HaLong.Notifications.Tests.Sending.Sms;

public sealed class SmsTextTests
{
    private const string Accents = """{"encoding":"ucs2"}""";

    [Theory]
    [InlineData("Ho so H49-1 da co ket qua.", "Ho so H49-1 da co ket qua.")]
    [InlineData("Hồ sơ đã có kết quả, Đồng ý", "Ho so da co ket qua, Dong y")]
    [InlineData("“Hạ Long” – xem…", "\"Ha Long\" - xem...")]
    [InlineData("cách\u00A0nhau", "cach nhau")]
    [InlineData("{[~]}€ è", "{[~]}€ è")]
    [InlineData("hai\ndong", "hai\ndong")]
    [InlineData("  rìa ", "rìa")]
    [InlineData("không\u0000ai\t\u0007", "khongai")]
    [InlineData("hồ sơ", "ho so")] // Written with combining marks.
    public void Without_being_asked_for_accents_go(string text, string sent)
    {
        var (made, refusal) = SmsText.Of(CarrierWorld.Message("+84911234567", text));

        Assert.Null(refusal);
        Assert.Equal((sent, false), (made?.Text, made?.IsUcs2));
    }

    [Theory]
    [InlineData("Hồ sơ đã có kết quả", true)]
    [InlineData("Ho so da co ket qua", false)]
    [InlineData("😀", true)]
    public void Accents_stay_where_they_are_asked_for_and_cost_nothing_where_there_are_none(string text, bool ucs2)
    {
        var (made, _) = SmsText.Of(CarrierWorld.Message("+84911234567", text, Accents));

        Assert.Equal((text, ucs2), (made?.Text, made?.IsUcs2));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\u0001 \u0002", "empty")]
    [InlineData("😀", "encoding")]
    [InlineData("文书", "encoding")]
    [InlineData("[QC] Giam gia", "advertising")]
    [InlineData("(ad) Sale", "advertising")]
    public void What_cannot_or_must_not_be_sent_is_refused(string text, string reason)
    {
        Assert.Equal((null, reason), SmsText.Of(CarrierWorld.Message("+84911234567", text)));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"encoding":1}""")]
    [InlineData("""{"encoding":"gsm7"}""")]
    public void What_does_not_ask_for_accents_gets_none(string data) =>
        Assert.Equal("ho", SmsText.Of(CarrierWorld.Message("+84911234567", "hồ", data)).Text?.Text);

    [Theory]
    [InlineData("unknownSubscriber", "unknownSubscriber", true)]
    [InlineData("INVALIDNUMBER", "invalidNumber", true)]
    [InlineData("deactivated", "deactivated", true)]
    [InlineData("absent", "absent", false)]
    [InlineData("Blocked", "blocked", false)]
    [InlineData("So 0912345678 khong lien lac duoc", "undelivered", false)]
    [InlineData(null, "undelivered", false)]
    public void What_providers_say_becomes_a_word_of_ours(string? told, string reason, bool badAddress) =>
        Assert.Equal((reason, badAddress), SmsFailures.Of(told));
}
