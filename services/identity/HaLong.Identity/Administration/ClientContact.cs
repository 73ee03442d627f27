using System.Net.Mail;
using System.Text.Json;

namespace HaLong.Identity.Administration;

/// <summary>The mailbox of those who run a client, told when something does not work; kept among the client's properties.</summary>
internal static class ClientContact
{
    public const string Property = "contact_email";
    private const int Longest = 254;

    public static bool IsMailbox(string text) =>
        text.Length <= Longest && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal);

    public static string? Of(IReadOnlyDictionary<string, JsonElement> properties) =>
        properties.TryGetValue(Property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The same from properties as they are stored.</summary>
    public static string? Of(string? properties)
    {
        if (properties is not { Length: > 0 })
            return null;
        using var json = JsonDocument.Parse(properties);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(Property, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
    }
}
