using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace HaLong.PartnerLab.Tests;

/// <summary>The simulated SMS provider.</summary>
public sealed class SmsTests : IAsyncLifetime
{
    private const string Phone = "+84912345678";
    private Lab lab = null!; // set by InitializeAsync

    public async ValueTask InitializeAsync() => lab = await Lab.StartAsync(("Sms:ApiKey", "the-key"));

    public ValueTask DisposeAsync() => lab.DisposeAsync();

    [Fact]
    public async Task An_SMS_arrives_on_its_telephone_and_on_no_other()
    {
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(Phone, "Ma: 123456"));
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync("+84987654321", "Ma: 654321"));

        var message = Assert.Single(await ReceivedAsync(Phone));
        Assert.Equal(("Ma: 123456", "HALONG", Phone), (message.GetProperty("text").GetString(), message.GetProperty("sender").GetString(), message.GetProperty("to").GetString()));
        Assert.Equal(2, (await ReceivedAsync(null)).Count);
        using var cleared = await lab.Http.DeleteAsync(new Uri("/sms/messages", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Empty(await ReceivedAsync(null));
    }

    [Fact]
    public async Task The_same_key_is_one_SMS()
    {
        await SendAsync(Phone, "Ma: 111111", key: "one");
        await SendAsync(Phone, "Ma: 111111", key: "one");
        await SendAsync(Phone, "Ma: 222222", key: "two");

        Assert.Equal(2, (await ReceivedAsync(Phone)).Count);
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("")]
    public async Task Without_the_API_key_nothing_is_taken(string apiKey)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(Phone, "Ma: 1", apiKey: apiKey));
        Assert.Empty(await ReceivedAsync(null));
    }

    [Theory]
    [InlineData("0912345678", "text")]
    [InlineData("+84abc", "text")]
    [InlineData("+84912345678", "")]
    public async Task What_is_no_SMS_is_refused(string to, string text) => Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(to, text));

    [Fact]
    public async Task Dials_make_it_fail_lose_and_double_messages_for_one_number()
    {
        await lab.DialAsync("sms.failStatus", 503, times: 1, target: Phone);
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync("+84987654321", "Ma: 1"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SendAsync(Phone, "Ma: 1"));

        await lab.DialAsync("sms.drop", true, times: 1);
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(Phone, "Ma: 2"));
        Assert.Empty(await ReceivedAsync(Phone));

        await lab.DialAsync("sms.duplicate", 2, times: 1);
        await lab.DialAsync("sms.delay", 20, times: 1);
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(Phone, "Ma: 3"));
        Assert.Equal(3, (await ReceivedAsync(Phone)).Count);
    }

    private async Task<HttpStatusCode> SendAsync(string to, string text, string? key = null, string apiKey = "the-key")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sms/messages") { Content = JsonContent.Create(new { to, sender = "HALONG", text }) };
        if (apiKey.Length > 0)
            request.Headers.Add("X-Api-Key", apiKey);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var answer = await lab.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private async Task<List<JsonElement>> ReceivedAsync(string? to) => await lab.Http.GetFromJsonAsync<List<JsonElement>>(
        "/sms/messages" + (to is null ? "" : "?to=" + Uri.EscapeDataString(to)), TestContext.Current.CancellationToken) ?? [];
}
