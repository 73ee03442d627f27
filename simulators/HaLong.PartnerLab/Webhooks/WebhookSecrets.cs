using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace HaLong.PartnerLab.Webhooks;

/// <summary>Secrets of receivers that check what they get, as a careful partner does (Standard Webhooks).</summary>
internal sealed class WebhookSecrets(TimeProvider clock)
{
    private const string Prefix = "whsec_";
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, byte[]> _keys = new(StringComparer.Ordinal);

    /// <summary>From now on the receiver refuses what is not signed with the secret; false for a secret of another shape.</summary>
    public bool Set(string name, string? secret)
    {
        Span<byte> key = stackalloc byte[64];
        if (secret is null || !secret.StartsWith(Prefix, StringComparison.Ordinal) || !Convert.TryFromBase64String(secret[Prefix.Length..], key, out var length))
            return false;
        _keys[name] = key[..length].ToArray();
        return true;
    }

    /// <summary>True for a receiver without a secret, and for a request that is signed with it and not older than five minutes.</summary>
    public bool Accepts(string name, IReadOnlyDictionary<string, string> headers, byte[] body)
    {
        if (!_keys.TryGetValue(name, out var key))
            return true;
        if (!headers.TryGetValue("webhook-id", out var id) || !headers.TryGetValue("webhook-timestamp", out var timestamp)
            || !headers.TryGetValue("webhook-signature", out var signatures)
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || (clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(Math.Min(seconds, 253402300799))).Duration() > Tolerance)
            return false;
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        mac.AppendData(System.Text.Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        mac.AppendData(body);
        var expected = System.Text.Encoding.ASCII.GetBytes("v1," + Convert.ToBase64String(mac.GetHashAndReset()));
        return signatures.Split(' ').Any(s => CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(s), expected));
    }
}
