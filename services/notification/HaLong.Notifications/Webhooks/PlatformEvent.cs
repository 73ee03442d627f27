using System.Text.Json;

namespace HaLong.Notifications.Webhooks;

/// <summary>CloudEvents about a subscription itself. They are in no log, have no sequence, and go to that subscription alone.</summary>
internal static class PlatformEvent
{
    public const string Validation = "vn.halong.subscription.validation.v1";
    public const string Test = "vn.halong.subscription.test.v1";
    private const string Origin = "urn:halong:notification";

    /// <param name="id">Of this event.</param>
    /// <param name="type">One of the above.</param>
    /// <param name="subscription">Whose.</param>
    /// <param name="at">Now.</param>
    /// <param name="data">What it says.</param>
    public static string Of(Guid id, string type, Guid subscription, DateTimeOffset at, IReadOnlyDictionary<string, string> data)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", id);
            json.WriteString("source", Origin);
            json.WriteString("type", type);
            json.WriteString("subject", subscription);
            json.WriteString("time", at);
            json.WriteString("datacontenttype", "application/json");
            json.WriteStartObject("data");
            json.WriteString("subscriptionId", subscription);
            foreach (var (name, value) in data)
                json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>True when the answer gives the challenge back: as the text itself, or as <c>{"challenge": "…"}</c>.</summary>
    public static bool Echoes(string? answer, string challenge)
    {
        var text = answer?.Trim();
        if (text is not { Length: > 0 })
            return false;
        if (text == challenge)
            return true;
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("challenge", out var given)
                && given.ValueKind == JsonValueKind.String && given.GetString() == challenge;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
