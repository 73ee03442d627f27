using System.Text.Json;

namespace HaLong.PartnerLab.Webhooks;

/// <summary>The event by which the platform asks whether an address wants its events; a receiver that does gives the challenge back.</summary>
internal static class WebhookChallenge
{
    private const string Validation = "vn.halong.subscription.validation.v1";

    /// <summary>The challenge; empty for a validation event without one, which asks only whether anybody answers; null for anything else.</summary>
    public static string? Of(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == Validation
                ? root.TryGetProperty("data", out var data) && data.TryGetProperty("challenge", out var challenge) ? challenge.GetString() ?? "" : ""
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
