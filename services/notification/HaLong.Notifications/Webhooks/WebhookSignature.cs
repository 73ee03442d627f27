using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HaLong.Notifications.Webhooks;

/// <summary>Signatures and secrets as Standard Webhooks defines them (https://www.standardwebhooks.com).</summary>
internal static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";
    private const string SecretPrefix = "whsec_";
    private const int SecretBytes = 32;

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    /// <summary>The secret as its owner sees it.</summary>
    public static string Show(byte[] secret) => SecretPrefix + Convert.ToBase64String(secret);

    /// <summary><c>v1,</c> and the HMAC-SHA256 of "id.timestamp.body" in Base64.</summary>
    public static string Sign(byte[] secret, string id, DateTimeOffset timestamp, byte[] body)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp.ToUnixTimeSeconds()}."));
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hmac.AppendData(head);
        hmac.AppendData(body);
        return "v1," + Convert.ToBase64String(hmac.GetHashAndReset());
    }
}
