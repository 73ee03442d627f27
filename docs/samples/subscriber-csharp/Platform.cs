using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Subscriber;

/// <summary>A CloudEvent as far as this program looks at it.</summary>
internal sealed record Event(string Id, string Type, string Subject, long Sequence, JsonElement Data)
{
    public static Event Of(JsonElement json) => new(
        json.GetProperty("id").GetString()!, json.GetProperty("type").GetString()!, json.GetProperty("subject").GetString()!,
        json.GetProperty("sequence").GetInt64(), json.GetProperty("data").Clone());
}

/// <summary>What is asked of the platform: a token, a subscription, the feed.</summary>
internal sealed class Platform(string url, string clientId, string clientSecret, HttpClient http)
{
    private string token = "";
    private DateTimeOffset tokenEnds;

    /// <summary>Subscribes to all events of dossiers. The same request again, after a restart, gives the same secret.</summary>
    public async Task<string> SubscribeAsync(string hook, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url + "/api/v1/subscriptions")
        {
            Content = JsonContent.Create(new { url = hook, types = new[] { "vn.halong.dossier." } }),
            Headers = { { "Idempotency-Key", "sample-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hook)))[..32] } },
        };
        return (await SendAsync(request, ct)).GetProperty("secret").GetString()!;
    }

    /// <summary>A page of the feed, oldest first, and the cursor to ask with next.</summary>
    public async Task<(IReadOnlyList<Event> Events, string After)> ReadAsync(string after, string? subject, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"{url}/api/v1/events?limit=100&after={Uri.EscapeDataString(after)}{(subject is null ? "" : "&subject=" + subject)}");
        var page = await SendAsync(request, ct);
        return ([.. page.GetProperty("items").EnumerateArray().Select(Event.Of)], page.GetProperty("after").GetString()!);
    }

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(ct));
        using var response = await http.SendAsync(request, ct);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(ct);
    }

    private async Task<string> TokenAsync(CancellationToken ct)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (now < tokenEnds)
            return token;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = clientId,
            ["client_secret"] = clientSecret,
            ["scope"] = "halong.events",
        });
        using var response = await http.PostAsync(new Uri(url + "/connect/token"), form, ct);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(ct);
        (token, tokenEnds) = (answer.GetProperty("access_token").GetString()!, now.AddSeconds(answer.GetProperty("expires_in").GetInt32() - 30));
        return token;
    }
}
