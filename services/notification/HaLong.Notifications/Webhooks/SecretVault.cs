using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Webhooks;

/// <summary>Seals subscription secrets and headers for the database: AES-256-GCM under a key of <see cref="WebhookOptions.KeyPassword"/>, bound to the subscription.</summary>
internal sealed class SecretVault : IDisposable
{
    private const byte FirstVersion = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int Iterations = 200_000;
    private const int ChallengeBytes = 24;
    private readonly Lazy<byte[]> key;
    private readonly Lazy<AesGcm> cipher;

    public SecretVault(IOptions<WebhookOptions> options)
    {
        key = new Lazy<byte[]>(
            () => Rfc2898DeriveBytes.Pbkdf2(options.Value.KeyPassword, "halong.webhook-secrets.v1"u8, Iterations, HashAlgorithmName.SHA256, 32));
        cipher = new Lazy<AesGcm>(() => new AesGcm(key.Value, TagBytes));
    }

    /// <summary>What only who gets the validation event can know. Nothing of it is stored: it follows from the subscription, its address and this key.</summary>
    public string Challenge(Guid subscription, string url, DateTimeOffset startedAt)
    {
        var of = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{subscription:N}\n{startedAt.ToUnixTimeMilliseconds()}\n{url}"));
        var mac = HMACSHA256.HashData(HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Value, 32, info: "halong.webhook-challenge.v1"u8.ToArray()), of);
        return Base64Url.EncodeToString(mac.AsSpan(0, ChallengeBytes));
    }

    public byte[] SealHeaders(Guid subscription, IReadOnlyDictionary<string, string> headers) =>
        Seal(subscription, JsonSerializer.SerializeToUtf8Bytes(headers));

    public Dictionary<string, string> OpenHeaders(Guid subscription, byte[] sealedHeaders) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(Open(subscription, sealedHeaders)) ?? [];

    public byte[] Seal(Guid subscription, byte[] secret)
    {
        var sealedSecret = new byte[1 + NonceBytes + TagBytes + secret.Length];
        sealedSecret[0] = FirstVersion;
        var nonce = sealedSecret.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        lock (cipher)
            cipher.Value.Encrypt(nonce, secret, sealedSecret.AsSpan(1 + NonceBytes + TagBytes), sealedSecret.AsSpan(1 + NonceBytes, TagBytes), Context(subscription));
        return sealedSecret;
    }

    /// <summary>The secret; throws when it was sealed with another password or for another subscription.</summary>
    public byte[] Open(Guid subscription, byte[] sealedSecret)
    {
        if (sealedSecret.Length <= 1 + NonceBytes + TagBytes || sealedSecret[0] != FirstVersion)
            throw new CryptographicException("This is not a sealed secret.");
        var secret = new byte[sealedSecret.Length - 1 - NonceBytes - TagBytes];
        lock (cipher)
        {
            cipher.Value.Decrypt(
                sealedSecret.AsSpan(1, NonceBytes), sealedSecret.AsSpan(1 + NonceBytes + TagBytes), sealedSecret.AsSpan(1 + NonceBytes, TagBytes), secret,
                Context(subscription));
        }

        return secret;
    }

    public void Dispose()
    {
        if (cipher.IsValueCreated)
            cipher.Value.Dispose();
    }

    private static byte[] Context(Guid subscription) => Encoding.ASCII.GetBytes($"subscription:{subscription:N}");
}
