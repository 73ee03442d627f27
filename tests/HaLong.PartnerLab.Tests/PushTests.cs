using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace HaLong.PartnerLab.Tests;

/// <summary>The simulated push service.</summary>
public sealed class PushTests : IAsyncLifetime
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private Lab lab = null!; // set by InitializeAsync

    public async ValueTask InitializeAsync() => lab = await Lab.StartAsync();

    public ValueTask DisposeAsync() => lab.DisposeAsync();

    [Fact]
    public async Task A_message_waits_for_its_device_as_it_came()
    {
        Assert.Equal(HttpStatusCode.Created, (await SendAsync("one", body: [1, 2, 3])).Status);

        var message = Assert.Single(await WaitingAsync("one"));
        Assert.Equal([1, 2, 3], message.GetProperty("body").GetBytesFromBase64());
        Assert.Equal("60", message.GetProperty("headers").GetProperty("ttl").GetString());
        Assert.EndsWith("/push/one", message.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Empty(await WaitingAsync("two"));
        using var cleared = await lab.Http.DeleteAsync(new Uri("/push", UriKind.Relative), Ct);
        Assert.Empty(await WaitingAsync("one"));
    }

    [Fact]
    public async Task The_same_topic_replaces_for_one_device_only()
    {
        await SendAsync("one", topic: "t", body: [1]);
        await SendAsync("one", topic: "t", body: [2]);
        await SendAsync("one", topic: "u", body: [3]);
        await SendAsync("two", topic: "t", body: [4]);

        Assert.Equal([2, 3], (await WaitingAsync("one")).Select(m => m.GetProperty("body").GetBytesFromBase64()[0]));
        Assert.Single(await WaitingAsync("two"));
    }

    [Theory]
    [InlineData("authorization", "", HttpStatusCode.Unauthorized)]
    [InlineData("authorization", "Bearer x", HttpStatusCode.Unauthorized)]
    [InlineData("TTL", "", HttpStatusCode.BadRequest)]
    [InlineData("TTL", "-1", HttpStatusCode.BadRequest)]
    [InlineData("Urgency", "soon", HttpStatusCode.BadRequest)]
    [InlineData("Topic", "not/base64url", HttpStatusCode.BadRequest)]
    [InlineData("Topic", "123456789012345678901234567890123", HttpStatusCode.BadRequest)]
    [InlineData("Content-Encoding", "aesgcm", HttpStatusCode.UnsupportedMediaType)]
    public async Task What_the_standards_ask_for_is_asked_for(string header, string value, HttpStatusCode status)
    {
        Assert.Equal(status, (await SendAsync("one", change: (header, value))).Status);
        Assert.Empty(await WaitingAsync("one"));
    }

    [Fact]
    public async Task A_body_has_at_most_4096_bytes()
    {
        Assert.Equal(HttpStatusCode.Created, (await SendAsync("one", body: new byte[4096])).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await SendAsync("one", body: new byte[4097])).Status);
    }

    [Fact]
    public async Task Dials_make_it_busy_gone_or_broken_for_one_device()
    {
        await lab.DialAsync("push.tooMany", 77, times: 1, target: "one");
        await lab.DialAsync("push.gone", true, target: "gone");
        await lab.DialAsync("push.failStatus", 503, times: 1, target: "one");

        Assert.Equal((HttpStatusCode.TooManyRequests, 77), await SendAsync("one"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await SendAsync("one")).Status);
        Assert.Equal(HttpStatusCode.Created, (await SendAsync("one")).Status);
        Assert.Equal(HttpStatusCode.Gone, (await SendAsync("gone")).Status);
        await lab.DialAsync("push.gone", 404, target: "gone");
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("gone")).Status);
        Assert.Equal(HttpStatusCode.Created, (await SendAsync("two")).Status);
        Assert.Empty(await WaitingAsync("gone"));
    }

    [Fact]
    public async Task A_lost_answer_and_a_late_one_have_been_taken()
    {
        await lab.DialAsync("push.lostAnswer", true, times: 1, target: "one");
        await lab.DialAsync("push.delay", 20, target: "two");

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => SendAsync("one"));
        Assert.Equal(HttpStatusCode.Created, (await SendAsync("two")).Status);

        Assert.Single(await WaitingAsync("one"));
        Assert.Single(await WaitingAsync("two"));
    }

    private async Task<(HttpStatusCode Status, int? After)> SendAsync(string device, string? topic = null, byte[]? body = null, (string Name, string Value)? change = null)
    {
        var headers = new Dictionary<string, string> { ["authorization"] = "vapid t=token, k=key", ["TTL"] = "60", ["Content-Encoding"] = "aes128gcm" };
        if (topic is not null)
            headers["Topic"] = topic;
        if (change is { } other)
            headers[other.Name] = other.Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/push/" + device) { Content = new ByteArrayContent(body ?? [1]) };
        foreach (var (name, value) in headers.Where(h => h.Value.Length > 0))
        {
            if (name == "Content-Encoding")
                request.Content.Headers.ContentEncoding.Add(value);
            else
                request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await lab.Http.SendAsync(request, Ct);
        return (response.StatusCode, (int?)response.Headers.RetryAfter?.Delta?.TotalSeconds);
    }

    private async Task<List<JsonElement>> WaitingAsync(string device) => await lab.Http.GetFromJsonAsync<List<JsonElement>>("/push/" + device, Ct) ?? [];
}
