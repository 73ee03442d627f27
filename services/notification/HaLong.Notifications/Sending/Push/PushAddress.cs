using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HaLong.Notifications.Sending.Push;

/// <summary>Where a device is reached and for whom it can be read: the browser's PushSubscription, with our id.</summary>
/// <param name="Id">The device.</param>
/// <param name="Endpoint">Its address at the push service. A capability: who knows it may write there.</param>
/// <param name="P256dh">The browser's public key, base64url of the uncompressed point.</param>
/// <param name="Auth">The browser's secret, base64url of 16 bytes.</param>
internal sealed record PushAddress(Guid Id, string Endpoint, string P256dh, string Auth)
{
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>Null when it is none.</summary>
    public static PushAddress? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<PushAddress>(json, JsonSerializerOptions.Web) is { Endpoint: not null, P256dh: not null, Auth: not null } address
                ? address
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static byte[] HashOf(string endpoint) => SHA256.HashData(Encoding.UTF8.GetBytes(endpoint));
}
