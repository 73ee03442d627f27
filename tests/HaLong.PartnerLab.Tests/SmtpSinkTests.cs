using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace HaLong.PartnerLab.Tests;

public sealed class SmtpSinkTests : IAsyncLifetime
{
    private Lab lab = null!; // set by InitializeAsync

    public async ValueTask InitializeAsync() => lab = await Lab.StartAsync(("Smtp:MaxMessageBytes", "20000"), ("Smtp:MaxConnections", "3"), ("Smtp:IdleTimeout", "00:00:02"));

    public ValueTask DisposeAsync() => lab.DisposeAsync();

    [Fact]
    public async Task A_message_is_kept_byte_for_byte_without_its_dot_stuffing()
    {
        using var talk = await lab.TalkAsync();
        await talk.BeginMessageAsync();
        const string message = "Subject: =?utf-8?B?SOG7kyBzxqE=?= =?utf-8?Q?_m=E1=BB=9Bi?=\r\nMessage-ID: <one@halong.vn>\r\n\r\n..leading dot\r\n...\r\nH\u1ED3 s\u01A1\r\n";
        Assert.StartsWith("250", await talk.SayAsync(message + "."));

        var summary = Assert.Single(await MessagesAsync());
        Assert.Equal("Hồ sơ mới", summary.GetProperty("subject").GetString());
        Assert.Equal("one@halong.vn", summary.GetProperty("messageId").GetString());
        Assert.Equal("a@halong.vn", summary.GetProperty("from").GetString());
        Assert.Equal("b@example.vn", summary.GetProperty("to")[0].GetString());
        var eml = await lab.Http.GetByteArrayAsync($"/mail/messages/{summary.GetProperty("id").GetString()}.eml", TestContext.Current.CancellationToken);
        Assert.Equal(message.Replace("\r\n..", "\r\n.", StringComparison.Ordinal), Encoding.UTF8.GetString(eml));
    }

    [Fact]
    public async Task Several_messages_may_follow_each_other_and_come_in_one_packet()
    {
        using var talk = await lab.TalkAsync();
        await talk.BeginMessageAsync();
        Assert.StartsWith("250", await talk.SayAsync("Subject: one\r\n\r\n1\r\n."));

        await talk.SayRawAsync("MAIL FROM:<c@halong.vn>\r\nRCPT TO:<d@example.vn>\r\nRCPT TO:<e@example.vn>\r\nDATA\r\n");
        Assert.StartsWith("250", await talk.HearAsync());
        Assert.StartsWith("250", await talk.HearAsync());
        Assert.StartsWith("250", await talk.HearAsync());
        Assert.StartsWith("354", await talk.HearAsync());
        Assert.StartsWith("250", await talk.SayAsync("Subject: two\r\n\r\n2\r\n."));
        Assert.StartsWith("221", await talk.SayAsync("QUIT"));
        Assert.Equal("closed", await talk.HearAsync());

        Assert.Equal(["one", "two"], (await MessagesAsync()).Select(m => m.GetProperty("subject").GetString()));
        Assert.Equal("two", Assert.Single(await MessagesAsync("?to=e@example.vn")).GetProperty("subject").GetString());
    }

    [Fact]
    public async Task Commands_out_of_order_are_refused_and_RSET_forgets_the_envelope()
    {
        using var talk = await lab.TalkAsync();
        Assert.StartsWith("220", await talk.HearAsync());
        Assert.StartsWith("250", await talk.SayAsync("HELO client"));
        Assert.StartsWith("503", await talk.SayAsync("RCPT TO:<b@example.vn>"));
        Assert.StartsWith("503", await talk.SayAsync("DATA"));
        Assert.StartsWith("501", await talk.SayAsync("MAIL FROM: nobody"));
        Assert.StartsWith("250", await talk.SayAsync("MAIL FROM:<a@halong.vn>"));
        Assert.StartsWith("503", await talk.SayAsync("MAIL FROM:<a@halong.vn>"));
        Assert.StartsWith("501", await talk.SayAsync("RCPT TO:<>"));
        Assert.StartsWith("250", await talk.SayAsync("RSET"));
        Assert.StartsWith("503", await talk.SayAsync("RCPT TO:<b@example.vn>"));
        Assert.StartsWith("500", await talk.SayAsync("DANCE"));
        Assert.StartsWith("250", await talk.SayAsync("noop"));
        Assert.Empty(await MessagesAsync());
    }

    [Fact]
    public async Task A_message_over_the_limit_is_refused_when_announced_and_when_sent()
    {
        using var talk = await lab.TalkAsync();
        Assert.StartsWith("220", await talk.HearAsync());
        Assert.StartsWith("250", await talk.SayAsync("EHLO client"));
        Assert.StartsWith("552", await talk.SayAsync("MAIL FROM:<a@halong.vn> SIZE=20001"));
        Assert.StartsWith("250", await talk.SayAsync("MAIL FROM:<a@halong.vn> SIZE=100"));
        Assert.StartsWith("250", await talk.SayAsync("RCPT TO:<b@example.vn>"));
        Assert.StartsWith("354", await talk.SayAsync("DATA"));
        for (var line = 0; line < 600; line++)
            await talk.SayRawAsync(new string('x', 70) + "\r\n");
        Assert.StartsWith("552", await talk.SayAsync("."));
        Assert.StartsWith("250", await talk.SayAsync("MAIL FROM:<a@halong.vn>"));
        Assert.Empty(await MessagesAsync());
    }

    [Fact]
    public async Task A_line_without_end_closes_the_connection()
    {
        using var talk = await lab.TalkAsync();
        Assert.StartsWith("220", await talk.HearAsync());
        await talk.SayRawAsync(new string('A', 9000));
        Assert.StartsWith("500", await talk.HearAsync());
        Assert.Equal("closed", await ClosedAsync(talk));
    }

    [Fact]
    public async Task A_silent_client_is_let_go()
    {
        using var talk = await lab.TalkAsync();
        Assert.StartsWith("220", await talk.HearAsync());
        Assert.Equal("closed", await ClosedAsync(talk));
    }

    [Fact]
    public async Task Connections_are_limited_and_the_place_of_one_that_left_is_free_again()
    {
        var talks = new List<SmtpTalk>();
        for (var i = 0; i < 3; i++)
        {
            talks.Add(await lab.TalkAsync());
            Assert.StartsWith("220", await talks[^1].HearAsync());
        }

        using (var oneTooMany = await lab.TalkAsync())
            Assert.StartsWith("421", await oneTooMany.HearAsync());

        foreach (var talk in talks)
        {
            Assert.StartsWith("221", await talk.SayAsync("QUIT"));
            Assert.Equal("closed", await ClosedAsync(talk));
            talk.Dispose();
        }

        string greeting;
        do
        {
            using var again = await lab.TalkAsync();
            greeting = await again.HearAsync();
        }
        while (greeting.StartsWith("421", StringComparison.Ordinal));
        Assert.StartsWith("220", greeting);
    }

    [Theory]
    [InlineData(451)]
    [InlineData(554)]
    public async Task The_fail_dial_answers_with_its_status_and_keeps_nothing(int status)
    {
        await lab.DialAsync("mail.failStatus", status, times: 1);
        using var talk = await lab.TalkAsync();
        await talk.BeginMessageAsync();
        Assert.StartsWith(status.ToString(System.Globalization.CultureInfo.InvariantCulture), await talk.SayAsync("Subject: x\r\n\r\nx\r\n."));
        Assert.Empty(await MessagesAsync());
    }

    [Fact]
    public async Task The_store_can_be_read_one_by_one_and_emptied()
    {
        using var talk = await lab.TalkAsync();
        await talk.BeginMessageAsync();
        Assert.StartsWith("250", await talk.SayAsync("Subject: x\r\n\r\nx\r\n."));
        var id = Assert.Single(await MessagesAsync()).GetProperty("id").GetString();

        Assert.Equal("x", (await lab.Http.GetFromJsonAsync<JsonElement>($"/mail/messages/{id}", TestContext.Current.CancellationToken)).GetProperty("subject").GetString());
        using var missing = await lab.Http.GetAsync(new Uri($"/mail/messages/{Guid.CreateVersion7()}.eml", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        using var deleted = await lab.Http.DeleteAsync(new Uri("/mail/messages", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.True(deleted.IsSuccessStatusCode);
        Assert.Empty(await MessagesAsync());
    }

    /// <summary>A reset instead of an orderly end counts as closed too.</summary>
    private static async Task<string> ClosedAsync(SmtpTalk talk)
    {
        try
        {
            return await talk.HearAsync();
        }
        catch (IOException)
        {
            return "closed";
        }
    }

    private async Task<IReadOnlyList<JsonElement>> MessagesAsync(string query = "") =>
        [.. (await lab.Http.GetFromJsonAsync<JsonElement>("/mail/messages" + query, TestContext.Current.CancellationToken)).EnumerateArray()];
}
