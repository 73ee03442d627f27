using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Webhooks;

/// <summary>Seals subscription secrets for the database: AES-256-GCM under a key of <see cref="WebhookOptions.KeyPassword"/>, bound to the subscription.</summary>
internal sealed class SecretVault : IDisposable
{
    private const byte FirstVersion = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int Iterations = 200_000;
    private readonly Lazy<AesGcm> cipher;

    public SecretVault(IOptions<WebhookOptions> options) => cipher = new Lazy<AesGcm>(() => new AesGcm(
        Rfc2898DeriveBytes.Pbkdf2(options.Value.KeyPassword, "halong.webhook-secrets.v1"u8, Iterations, HashAlgorithmName.SHA256, 32), TagBytes));

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
