using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HaLong.PartnerLab.Tests;

/// <summary>The simulated Zalo: tokens in turn, templates, messages, events.</summary>
public sealed class ZaloTests : IAsyncLifetime
{
    private const string Phone = "+84912345678";
    private const string App = "4100000000000000001";
    private ReceiptCatcher catcher = null!; // set by InitializeAsync
    private Lab lab = null!; // set by InitializeAsync
    private string access = "";

    public async ValueTask InitializeAsync()
    {
        catcher = await ReceiptCatcher.StartAsync();
        lab = await Lab.StartAsync(
            ("Zalo:SecretKey", "app"), ("Zalo:OaSecretKey", "events"), ("Zalo:RefreshToken", "first"), ("Zalo:HookUrl", catcher.Url), ("Zalo:FirstDelay", "00:00:00.010"));
    }

    public async ValueTask DisposeAsync()
    {
        await lab.DisposeAsync();
        await catcher.DisposeAsync();
    }

    [Fact]
    public async Task A_refresh_token_is_good_once()
    {
        var tokens = await RefreshAsync("first");
        Assert.Equal("90000", tokens.GetProperty("expires_in").GetString());

        Assert.Equal(-14014, (await RefreshAsync("first")).GetProperty("error").GetInt32());
        var next = await RefreshAsync(tokens.GetProperty("refresh_token").GetString()!);
        Assert.NotEqual(tokens.GetProperty("access_token").GetString(), next.GetProperty("access_token").GetString());
        Assert.Equal(2, (await lab.Http.GetFromJsonAsync<JsonElement>("/zalo/refreshes", TestContext.Current.CancellationToken)).GetProperty("refreshes").GetInt32());
    }

    [Theory]
    [InlineData("other", App, "refresh_token")]
    [InlineData("app", "other", "refresh_token")]
    [InlineData("app", App, "authorization_code")]
    public async Task Another_app_gets_no_tokens(string secret, string app, string grant) =>
        Assert.Equal(-14002, (await RefreshAsync("first", secret, app, grant)).GetProperty("error").GetInt32());

    [Fact]
    public async Task Tokens_are_refused_and_lost_as_dialled()
    {
        await lab.DialAsync("zalo.refuseRefresh", true, times: 1);
        Assert.Equal(-14014, (await RefreshAsync("first")).GetProperty("error").GetInt32());
        await lab.DialAsync("zalo.lostRefresh", true, times: 1);
        await Assert.ThrowsAsync<HttpRequestException>(() => RefreshAsync("first"));
        Assert.Equal(-14014, (await RefreshAsync("first")).GetProperty("error").GetInt32());
    }

    [Fact]
    public async Task A_message_arrives_and_its_event_is_signed_and_comes_until_it_is_taken()
    {
        await SignInAsync();
        catcher.Answers.Enqueue(503);

        var id = (await SendAsync()).GetProperty("data").GetProperty("msg_id").GetString();

        var events = await catcher.CountAsync(2);
        Assert.All(events, e =>
        {
            Assert.Equal("user_received_message", e.Body.GetProperty("event_name").GetString());
            Assert.Equal((id, "key-1"), (e.Body.GetProperty("message").GetProperty("msg_id").GetString(), e.Body.GetProperty("message").GetProperty("tracking_id").GetString()));
            Assert.Equal(Mac(e, "events"), e.Headers["X-ZEvent-Signature"].ToString());
        });
        var message = Assert.Single(await InboxAsync());
        Assert.Equal("H49", message.GetProperty("data").GetProperty("MaHoSo").GetString());
        Assert.Equal(1, (await AskAsync("message/status?message_id=" + id)).GetProperty("data").GetProperty("status").GetInt32());
        Assert.Equal(-107, Error(await AskAsync("message/status?message_id=nobody")));
        using var cleared = await lab.Http.DeleteAsync(new Uri("/zalo/inbox", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Empty(await InboxAsync());
    }

    [Fact]
    public async Task Without_a_token_that_holds_nothing_is_answered()
    {
        Assert.Equal(-124, Error(await SendAsync()));
        Assert.Equal(-124, Error(await AskAsync("template/info/v2?template_id=1")));
        Assert.Equal(-124, Error(await AskAsync("message/status?message_id=1")));
        await SignInAsync();
        await lab.DialAsync("zalo.expiredToken", true, times: 1);
        Assert.Equal(-124, Error(await SendAsync()));
    }

    [Theory]
    [InlineData(-108, "0912345678", "312", true)]
    [InlineData(-108, "8491234567x", "312", true)]
    [InlineData(-131, "84912345678", "", true)]
    [InlineData(-111, "84912345678", "312", false)]
    public async Task What_is_no_message_is_answered_by_a_number(int error, string phone, string template, bool filled)
    {
        await SignInAsync();

        Assert.Equal(error, Error(await SendAsync(phone, template, filled)));
        Assert.Empty(await InboxAsync());
    }

    [Fact]
    public async Task It_refuses_and_loses_as_dialled()
    {
        await SignInAsync();
        await lab.DialAsync("zalo.errorCode", 115, times: 1, target: Phone);
        Assert.Equal(-115, Error(await SendAsync()));
        await lab.DialAsync("zalo.quota", true, times: 1);
        Assert.Equal(-144, Error(await SendAsync()));
        await lab.DialAsync("zalo.templateDisabled", true, times: 2, target: "312");
        Assert.Equal("DISABLE", (await AskAsync("template/info/v2?template_id=312")).GetProperty("data").GetProperty("status").GetString());
        Assert.Equal("ENABLE", (await AskAsync("template/info/v2?template_id=313")).GetProperty("data").GetProperty("status").GetString());
        Assert.Equal(-131, Error(await SendAsync()));
        Assert.Empty(await InboxAsync());

        await lab.DialAsync("zalo.lostAnswer", true, times: 1);
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync());
        Assert.Single(await InboxAsync());
        await lab.DialAsync("zalo.down", true, times: 1);
        using var down = await lab.Http.GetAsync(new Uri("/zalo/message/status", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, down.StatusCode);
    }

    [Fact]
    public async Task Events_are_dropped_doubled_forged_and_late_as_dialled()
    {
        await SignInAsync();
        await lab.DialAsync("zalo.drop", true, times: 1);
        var lost = (await SendAsync()).GetProperty("data").GetProperty("msg_id").GetString();
        Assert.Equal(0, (await AskAsync("message/status?message_id=" + lost)).GetProperty("data").GetProperty("status").GetInt32());
        await lab.DialAsync("zalo.receiptDrop", true, times: 1);
        await SendAsync();
        await lab.DialAsync("zalo.receiptDelay", 20, times: 1);
        await lab.DialAsync("zalo.receiptDuplicate", 1, times: 1);
        await lab.DialAsync("zalo.receiptForged", true, times: 1);
        await lab.DialAsync("zalo.delay", 10, times: 1);
        var told = (await SendAsync()).GetProperty("data").GetProperty("msg_id").GetString();

        var events = await catcher.CountAsync(2);

        Assert.All(events, e => Assert.Equal(told, e.Body.GetProperty("message").GetProperty("msg_id").GetString()));
        Assert.Equal([Mac(events[0], "forged-events"), Mac(events[1], "events")], events.Select(e => e.Headers["X-ZEvent-Signature"].ToString()));
    }

    private static int Error(JsonElement answer) => answer.GetProperty("error").GetInt32();

    private static string Mac(ReceiptCatcher.Receipt told, string key) =>
        "mac=" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(App + told.Text + told.Body.GetProperty("timestamp").GetString() + key)));

    private async Task SignInAsync() => access = (await RefreshAsync("first")).GetProperty("access_token").GetString()!;

    private async Task<JsonElement> RefreshAsync(string token, string secret = "app", string app = App, string grant = "refresh_token")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/zalo/v4/oa/access_token")
        {
            Content = new FormUrlEncodedContent([new("refresh_token", token), new("app_id", app), new("grant_type", grant)]),
            Headers = { { "secret_key", secret } },
        };
        return await TellAsync(request);
    }

    private Task<JsonElement> SendAsync(string phone = "84912345678", string template = "312", bool filled = true) => TellAsync(
        new HttpRequestMessage(HttpMethod.Post, "/zalo/message/template")
        {
            Content = JsonContent.Create(new { phone, template_id = template, template_data = filled ? new Dictionary<string, string> { ["MaHoSo"] = "H49" } : null, tracking_id = "key-1" }),
            Headers = { { "access_token", access } },
        });

    private Task<JsonElement> AskAsync(string what) => TellAsync(new HttpRequestMessage(HttpMethod.Get, "/zalo/" + what) { Headers = { { "access_token", access } } });

    private async Task<JsonElement> TellAsync(HttpRequestMessage request)
    {
        using var answer = await lab.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private async Task<List<JsonElement>> InboxAsync() =>
        await lab.Http.GetFromJsonAsync<List<JsonElement>>("/zalo/inbox?to=" + Uri.EscapeDataString(Phone), TestContext.Current.CancellationToken) ?? [];
}
