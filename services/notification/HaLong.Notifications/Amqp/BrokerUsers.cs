using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Amqp;

/// <summary>Users, permissions and limits of partners at the broker, by its management API. Everything may be done twice.</summary>
internal sealed class BrokerUsers(IHttpClientFactory clients, BrokerAddress broker, IOptions<BrokerManagementOptions> management, IOptions<AmqpOptions> amqp)
{
    public const string ClientName = "broker-management";
    private const string PolicyName = "halong-partner-queues";

    private readonly string vhost = Uri.EscapeDataString(broker.VirtualHost);

    public bool AreOffered => management.Value.Url is { Length: > 0 };

    /// <summary>Limits every queue of every partner: one that is forgotten must not fill the broker.</summary>
    public Task LimitQueuesAsync(CancellationToken ct) => PutAsync($"policies/{vhost}/{PolicyName}", new Dictionary<string, object>
    {
        ["pattern"] = PartnerNames.AnyQueue,
        ["apply-to"] = "queues",
        ["definition"] = new Dictionary<string, object>
        {
            ["max-length"] = amqp.Value.QueueLength,
            ["max-length-bytes"] = amqp.Value.QueueBytes,
            ["overflow"] = "drop-head",
            ["message-ttl"] = (long)amqp.Value.MessageLife.TotalMilliseconds,
            ["expires"] = (long)amqp.Value.QueueLife.TotalMilliseconds,
        },
    }, ct);

    /// <summary>Makes the user, or gives it this password, with what it may do and no more.</summary>
    public async Task PutAsync(string client, string passwordHash, CancellationToken ct)
    {
        var user = Uri.EscapeDataString(PartnerNames.User(client));
        await PutAsync($"users/{user}", new { password_hash = passwordHash, hashing_algorithm = "rabbit_password_hashing_sha256", tags = "" }, ct);
        await PutAsync($"user-limits/{user}/max-connections", new { value = amqp.Value.MaxConnections }, ct);
        await PutAsync($"user-limits/{user}/max-channels", new { value = amqp.Value.MaxChannels }, ct);
        var own = PartnerNames.Own(client);
        await PutAsync($"permissions/{vhost}/{user}", new { configure = own, write = own, read = PartnerNames.Readable(client) }, ct);
    }

    /// <summary>Takes the access away; the broker closes the user's connections.</summary>
    /// <returns>Whether there was any.</returns>
    public async Task<bool> RemoveAsync(string client, CancellationToken ct)
    {
        var user = Uri.EscapeDataString(PartnerNames.User(client));
        var had = await DeleteAsync($"permissions/{vhost}/{user}", ct);
        // Another platform on the same broker may know a client of the same name.
        using var http = Client();
        using var others = await http.GetAsync(new Uri($"users/{user}/permissions", UriKind.Relative), ct);
        if (others.StatusCode == HttpStatusCode.NotFound)
            return had;
        others.EnsureSuccessStatusCode();
        if ((await others.Content.ReadFromJsonAsync<JsonElement>(ct)).GetArrayLength() > 0)
            return had;
        return await DeleteAsync($"users/{user}", ct) || had;
    }

    /// <summary>The clients whose users have rights in our virtual host.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken ct)
    {
        using var http = Client();
        var rights = await http.GetFromJsonAsync<JsonElement>($"vhosts/{vhost}/permissions", ct);
        return [.. rights.EnumerateArray().Select(r => PartnerNames.ClientOf(r.GetProperty("user").GetString() ?? "")).OfType<string>()];
    }

    private async Task PutAsync<T>(string path, T body, CancellationToken ct)
    {
        using var http = Client();
        using var response = await http.PutAsJsonAsync(path, body, ct);
        response.EnsureSuccessStatusCode();
    }

    private async Task<bool> DeleteAsync(string path, CancellationToken ct)
    {
        using var http = Client();
        using var response = await http.DeleteAsync(new Uri(path, UriKind.Relative), ct);
        if (response.StatusCode != HttpStatusCode.NotFound)
            response.EnsureSuccessStatusCode();
        return response.IsSuccessStatusCode;
    }

    private HttpClient Client() => clients.CreateClient(ClientName);
}
