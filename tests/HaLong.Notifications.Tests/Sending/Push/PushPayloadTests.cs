using System.Globalization;
using System.Text.Json;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Sending.Push;

namespace HaLong.Notifications.Tests.Sending.Push;

public sealed class PushPayloadTests
{
    private const string Home = "https://dichvucong.example";
    private static readonly OutgoingMessage Message = new("key", "{}", "vi", "Tiêu đề", "Nội dung");

    [Theory]
    [InlineData(null, Home + "/")]
    [InlineData("{}", Home + "/")]
    [InlineData("not json", Home + "/")]
    [InlineData("[1]", Home + "/")]
    [InlineData("""{"url":7}""", Home + "/")]
    [InlineData("""{"url":"https://dichvucong.example/dossiers/7"}""", Home + "/dossiers/7")]
    [InlineData("""{"url":"https://dichvucong.example.evil/"}""", Home + "/")]
    [InlineData("""{"url":"javascript:alert(1)"}""", Home + "/")]
    public void The_link_leads_into_the_platform_only(string? data, string expected)
    {
        var payload = JsonElement.Parse(PushPayload.Of(Message with { Data = data }, Home));

        Assert.Equal(expected, payload.GetProperty("url").GetString());
    }

    [Theory]
    [InlineData("a")]
    [InlineData("ệ")]
    [InlineData("👩‍👩‍👧")]
    [InlineData("\"\\\n")]
    public void A_text_that_is_too_long_is_cut_between_letters_and_fits(string letter)
    {
        var text = string.Concat(Enumerable.Repeat(letter, 5000));

        var bytes = PushPayload.Of(Message with { Text = text }, Home);

        Assert.InRange(bytes.Length, MessageEncryption.LongestText * 8 / 10, MessageEncryption.LongestText);
        var body = JsonElement.Parse(bytes).GetProperty("body").GetString()!;
        Assert.EndsWith("…", body, StringComparison.Ordinal);
        Assert.StartsWith(body[..^1], text, StringComparison.Ordinal);
        Assert.Contains(body.Length - 1, StringInfo.ParseCombiningCharacters(text));
    }

    [Fact]
    public void A_text_that_fits_is_not_touched() =>
        Assert.Equal("Nội dung", JsonElement.Parse(PushPayload.Of(Message, Home)).GetProperty("body").GetString());

    [Fact]
    public void A_topic_is_the_same_for_the_same_subject_and_tells_nothing()
    {
        var one = PushPayload.TopicOf(Message with { Key = "1", Topic = "dossier-accepted 7" });

        Assert.Equal(one, PushPayload.TopicOf(Message with { Key = "2", Topic = "dossier-accepted 7" }));
        Assert.NotEqual(one, PushPayload.TopicOf(Message with { Key = "1", Topic = "dossier-accepted 8" }));
        Assert.NotEqual(PushPayload.TopicOf(Message with { Key = "1" }), PushPayload.TopicOf(Message with { Key = "2" }));
        Assert.Matches("^[A-Za-z0-9_-]{32}$", one);
        Assert.DoesNotContain("dossier", one, StringComparison.Ordinal);
    }
}
