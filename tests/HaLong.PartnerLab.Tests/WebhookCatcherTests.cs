using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace HaLong.PartnerLab.Tests;

public sealed class WebhookCatcherTests : IAsyncLifetime
{
    private Lab lab = null!; // set by InitializeAsync

    public async ValueTask InitializeAsync() => lab = await Lab.StartAsync();

    public ValueTask DisposeAsync() => lab.DisposeAsync();

    [Fact]
    public async Task A_request_is_kept_with_its_raw_headers_and_body_in_order_of_arrival()
    {
        const string body = "{ \"b\":1,\n  \"a\": \"Hồ sơ\" }";
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync("partner", body, ("webhook-id", "m1")));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync("other", "x"));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync("partner", "{}", ("webhook-id", "m2")));

        var caught = await CaughtAsync("partner");
        Assert.Equal(["m1", "m2"], caught.Select(c => c.GetProperty("headers").GetProperty("webhook-id").GetString()));
        Assert.Equal(body, caught[0].GetProperty("body").GetString());
        Assert.Equal(Encoding.UTF8.GetBytes(body), caught[0].GetProperty("bodyBase64").GetBytesFromBase64());
        Assert.Equal([1L, 3L], caught.Select(c => c.GetProperty("number").GetInt64()));
    }

    [Theory]
    [InlineData("""{"type":"vn.halong.subscription.validation.v1","data":{"challenge":"abc"}}""", "abc")]
    [InlineData("""{"type":"vn.halong.subscription.validation.v1","data":{"reason":"recovery"}}""", "")]
    public async Task A_validation_event_gets_its_challenge_back_and_is_neither_kept_nor_dialled(string body, string expected)
    {
        await lab.DialAsync("failStatus", 500, times: 1, target: "proving");

        using var content = new StringContent(body, Encoding.UTF8, "application/cloudevents+json");
        using var answer = await lab.Http.PostAsync(new Uri("/webhooks/proving", UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, expected), (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.Empty(await CaughtAsync("proving"));
        Assert.Equal(HttpStatusCode.InternalServerError, await PostAsync("proving", """{"type":"another","data":{"challenge":"abc"}}"""));
    }

    [Fact]
    public async Task The_fail_dial_is_answered_for_its_target_only_and_the_request_is_still_recorded()
    {
        await lab.DialAsync("failStatus", 500, times: 2, target: "sick");

        Assert.Equal(HttpStatusCode.NoContent, await PostAsync("well", "{}"));
        Assert.Equal(HttpStatusCode.InternalServerError, await PostAsync("sick", "{}"));
        Assert.Equal(HttpStatusCode.InternalServerError, await PostAsync("sick", "{}"));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync("sick", "{}"));
        Assert.Equal([500, 500, 204], (await CaughtAsync("sick")).Select(c => c.GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task The_delay_dial_holds_the_answer_back()
    {
        await lab.DialAsync("webhooks.delay", 300);
        var started = TimeProvider.System.GetTimestamp();

        await PostAsync("slow", "{}");

        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(290));
    }

    [Fact]
    public async Task A_body_over_one_mebibyte_is_refused()
    {
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync("big", new string('x', 1024 * 1024 + 1)));
        Assert.Empty(await CaughtAsync("big"));
    }

    [Fact]
    public async Task A_receiver_with_a_secret_refuses_what_is_forged_replayed_or_unsigned()
    {
        var key = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        using (var set = await lab.Http.PutAsJsonAsync("/webhooks/careful/secret", new { secret = "whsec_" + Convert.ToBase64String(key) }, TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

        Assert.Equal(HttpStatusCode.NoContent, await PostAsync("careful", "{}", Signed(key, "m1", now, "{}")));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync("careful", "{}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync("careful", "{\"changed\":1}", Signed(key, "m1", now, "{}")));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync("careful", "{}", Signed([.. key.Reverse()], "m1", now, "{}")));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync("careful", "{}", Signed(key, "m1", now - 301, "{}")));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync("careless", "{}"));
        Assert.Equal([204, 401, 401, 401, 401], (await CaughtAsync("careful")).Select(c => c.GetProperty("status").GetInt32()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("secret")]
    [InlineData("whsec_not base64")]
    public async Task A_secret_of_another_shape_is_refused(string? secret)
    {
        using var set = await lab.Http.PutAsJsonAsync("/webhooks/careful/secret", new { secret }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, set.StatusCode);
    }

    [Fact]
    public async Task A_receiver_can_be_emptied()
    {
        await PostAsync("mine", "{}");
        await PostAsync("yours", "{}");

        using var deleted = await lab.Http.DeleteAsync(new Uri("/webhooks/mine", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.True(deleted.IsSuccessStatusCode);
        Assert.Empty(await CaughtAsync("mine"));
        Assert.Single(await CaughtAsync("yours"));
    }

    private static (string Name, string Value)[] Signed(byte[] key, string id, long timestamp, string body) =>
    [
        ("webhook-id", id), ("webhook-timestamp", $"{timestamp}"),
        ("webhook-signature", "v1," + Convert.ToBase64String(System.Security.Cryptography.HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")))),
    ];

    private async Task<HttpStatusCode> PostAsync(string name, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/{name}") { Content = new StringContent(body) };
        foreach (var (header, value) in headers)
            request.Headers.Add(header, value);
        using var response = await lab.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private async Task<IReadOnlyList<JsonElement>> CaughtAsync(string name) =>
        [.. (await lab.Http.GetFromJsonAsync<JsonElement>($"/webhooks/{name}", TestContext.Current.CancellationToken)).EnumerateArray()];
}
