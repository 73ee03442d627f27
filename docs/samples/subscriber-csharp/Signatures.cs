using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Subscriber;

/// <summary>Standard Webhooks: HMAC-SHA256 over id.timestamp.body. During a change of secrets several hold, separated by commas.</summary>
internal sealed class Signatures(string secrets)
{
    private const int Tolerance = 300; // seconds; older is a replay by somebody
    private const string SecretPrefix = "whsec_", Version = "v1,";

    private readonly byte[][] keys =
    [
        .. secrets.Split(',').Select(s => Convert.FromBase64String(s.StartsWith(SecretPrefix, StringComparison.Ordinal) ? s[SecretPrefix.Length..] : s)),
    ];

    public bool Hold(string id, string timestamp, string signatures, byte[] body)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - seconds) > Tolerance)
            return false;
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var expected = keys.Select(k => HMACSHA256.HashData(k, signed)).ToList();
        return signatures.Split(' ').Where(s => s.StartsWith(Version, StringComparison.Ordinal)).Select(s => Bytes(s[Version.Length..]))
            .Any(given => expected.Any(e => CryptographicOperations.FixedTimeEquals(e, given)));
    }

    private static byte[] Bytes(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : [];
    }
}
