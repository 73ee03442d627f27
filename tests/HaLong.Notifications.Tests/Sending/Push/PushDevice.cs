using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Notifications.Tests.Support;

namespace HaLong.Notifications.Tests.Sending.Push;

/// <summary>A browser of a person, signed up or not, at the lab's push service.</summary>
internal sealed class PushDevice(World world)
{
    public string Name { get; } = Guid.CreateVersion7().ToString("N");

    public Browser Browser { get; } = new();

    public string Endpoint => $"{world.Mail.LabUrl}/push/{Name}";

    public object Subscription => new { endpoint = Endpoint, expirationTime = (double?)null, keys = new { p256dh = Browser.P256dh, auth = Browser.Auth } };

    public async Task<HttpResponseMessage> SignUpAsync(Guid account, object? subscription = null)
    {
        using var client = world.As(account);
        return await client.PostAsJsonAsync("/api/v1/me/push-subscriptions", subscription ?? Subscription, World.Ct);
    }

    /// <summary>Signed up; returns the device's id.</summary>
    public async Task<Guid> OfAsync(Guid account)
    {
        using var response = await SignUpAsync(account);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>(World.Ct)).GetProperty("id").GetGuid();
    }

    /// <summary>What waits at the push service.</summary>
    public async Task<IReadOnlyList<JsonElement>> WaitingAsync()
    {
        using var http = new HttpClient();
        return await http.GetFromJsonAsync<List<JsonElement>>(new Uri(Endpoint), World.Ct) ?? [];
    }

    /// <summary>A message as the browser's page reads it.</summary>
    public JsonElement Read(JsonElement message) => JsonElement.Parse(Browser.Decrypt(message.GetProperty("body").GetBytesFromBase64()));

    public Task DialAsync(string dial, double value = 1, int? times = null) => world.Mail.DialAsync(dial, new { value, times, target = Name });

    public static string Header(JsonElement message, string name) => message.GetProperty("headers").GetProperty(name).GetString()!;
}
