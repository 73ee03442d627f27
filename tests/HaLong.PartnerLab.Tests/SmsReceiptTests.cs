using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HaLong.PartnerLab.Tests;

/// <summary>What the simulated JSON aggregator remembers and tells.</summary>
public sealed class SmsReceiptTests : IAsyncLifetime
{
    private const string Phone = "+84912345678";
    private ReceiptCatcher catcher = null!; // set by InitializeAsync
    private Lab lab = null!; // set by InitializeAsync

    public async ValueTask InitializeAsync()
    {
        catcher = await ReceiptCatcher.StartAsync();
        lab = await Lab.StartAsync(("Sms:ApiKey", "the-key"), ("Sms:ReceiptUrl", catcher.Url), ("Sms:ReceiptSecret", "receipts"), ("Sms:FirstDelay", "00:00:00.010"));
    }

    public async ValueTask DisposeAsync()
    {
        await lab.DisposeAsync();
        await catcher.DisposeAsync();
    }

    [Fact]
    public async Task A_receipt_is_signed_and_comes_until_it_is_taken()
    {
        catcher.Answers.Enqueue(503);
        catcher.Answers.Enqueue(500);

        await SendAsync("one");

        var receipts = await catcher.CountAsync(3);
        Assert.Equal(3, receipts.Count);
        Assert.All(receipts, r => Assert.Equal(("one", "delivered"), (r.Body.GetProperty("key").GetString(), r.Body.GetProperty("status").GetString())));
        Assert.All(receipts, r => Assert.Equal(Signature(r, "receipts"), r.Headers["X-Sms-Signature"].ToString()));
    }

    [Theory]
    [InlineData(1, "unknownSubscriber")]
    [InlineData(2, "absent")]
    [InlineData(3, "blocked")]
    [InlineData(4, "expired")]
    [InlineData(5, "filtered")]
    [InlineData(99, "filtered")]
    public async Task What_does_not_arrive_says_why(int value, string reason)
    {
        await lab.DialAsync("sms.receiptFailed", value, times: 1, target: Phone);
        await SendAsync("one");

        var receipt = Assert.Single(await catcher.CountAsync(1)).Body;
        Assert.Equal(("failed", reason), (receipt.GetProperty("status").GetString(), receipt.GetProperty("reason").GetString()));
        Assert.Equal(("failed", reason), await StateAsync("one"));
        Assert.Empty(await ReceivedAsync());
    }

    [Fact]
    public async Task Receipts_are_doubled_forged_and_late_as_dialled()
    {
        await lab.DialAsync("sms.receiptDelay", 50, times: 1);
        await lab.DialAsync("sms.receiptDuplicate", 2, times: 1);
        await lab.DialAsync("sms.receiptForged", true, times: 1);
        await SendAsync("one");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("one")).StatusCode);

        var receipts = await catcher.CountAsync(3);

        Assert.Equal(Signature(receipts[0], "forged-receipts"), receipts[0].Headers["X-Sms-Signature"].ToString());
        Assert.Equal(Signature(receipts[2], "receipts"), receipts[2].Headers["X-Sms-Signature"].ToString());
    }

    [Fact]
    public async Task A_dropped_SMS_and_a_dropped_receipt_stay_taken_for_ever()
    {
        await lab.DialAsync("sms.drop", true, times: 1);
        await SendAsync("lost");
        await lab.DialAsync("sms.receiptDrop", true, times: 1);
        await SendAsync("silent");
        await SendAsync("told");

        Assert.Equal("told", Assert.Single(await catcher.CountAsync(1)).Body.GetProperty("key").GetString());
        Assert.Equal("taken", (await StateAsync("lost")).Status);
        Assert.Equal("taken", (await StateAsync("silent")).Status);
        Assert.Equal(2, (await ReceivedAsync()).Count);
    }

    [Fact]
    public async Task A_key_that_was_forgotten_makes_a_second_SMS()
    {
        await SendAsync("one");
        await SendAsync("one");
        Assert.Single(await ReceivedAsync());
        await lab.DialAsync("sms.forgetKey", true, times: 1);
        await SendAsync("one");
        Assert.Equal(2, (await ReceivedAsync()).Count);
    }

    [Fact]
    public async Task An_answer_is_lost_after_the_SMS_was_taken()
    {
        await lab.DialAsync("sms.lostAnswer", true, times: 1);

        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync("one"));

        Assert.Equal("delivered", (await StateAsync("one")).Status);
        Assert.Single(await ReceivedAsync());
    }

    [Fact]
    public async Task Down_unknown_and_not_to_be_asked_are_told_apart()
    {
        await lab.DialAsync("sms.down", true, times: 2);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SendAsync("one"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await AskAsync("one")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync("one")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync("one", "wrong")).StatusCode);
        await lab.DialAsync("sms.noQuery", true, times: 1);
        Assert.Equal(HttpStatusCode.NotImplemented, (await AskAsync("one")).StatusCode);
    }

    private static string Signature(ReceiptCatcher.Receipt receipt, string secret) => "v1=" + Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{receipt.Headers["X-Sms-Timestamp"]}.{receipt.Text}")));

    private async Task<HttpStatusCode> SendAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sms/messages") { Content = JsonContent.Create(new { to = Phone, sender = "HALONG", text = "Ma: 1" }) };
        request.Headers.Add("X-Api-Key", "the-key");
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await lab.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> AskAsync(string key, string apiKey = "the-key")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sms/messages?key=" + key);
        request.Headers.Add("X-Api-Key", apiKey);
        return await lab.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<(string? Status, string? Reason)> StateAsync(string key)
    {
        using var answer = await AskAsync(key);
        var state = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return (state.GetProperty("status").GetString(), state.TryGetProperty("reason", out var reason) ? reason.GetString() : null);
    }

    private async Task<List<JsonElement>> ReceivedAsync() =>
        await lab.Http.GetFromJsonAsync<List<JsonElement>>("/sms/messages?to=" + Uri.EscapeDataString(Phone), TestContext.Current.CancellationToken) ?? [];
}
