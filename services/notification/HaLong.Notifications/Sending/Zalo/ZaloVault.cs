using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Sending.Zalo;

/// <summary>Seals tokens for the database: AES-256-GCM under a key of <c>Zalo:KeyPassword</c> (PBKDF2), bound to the app and to what the token is for.</summary>
internal sealed class ZaloVault(IOptions<ZaloOptions> options)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int Iterations = 200_000;

    private readonly Lazy<byte[]> key = new(() => Rfc2898DeriveBytes.Pbkdf2(
        options.Value.KeyPassword, "halong.zalo-tokens.v1"u8, Iterations, HashAlgorithmName.SHA256, 32));

    /// <param name="use">access or refresh.</param>
    /// <param name="token">In clear.</param>
    public byte[] Seal(string use, string token)
    {
        var content = Encoding.UTF8.GetBytes(token);
        var box = new byte[NonceBytes + TagBytes + content.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(key.Value, TagBytes);
        aes.Encrypt(box.AsSpan(0, NonceBytes), content, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), Context(use));
        return box;
    }

    /// <returns>Null when it was sealed under another password, for another app or use, or was changed.</returns>
    public string? Open(string use, byte[] box)
    {
        if (box.Length < NonceBytes + TagBytes)
            return null;
        var content = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key.Value, TagBytes);
        try
        {
            aes.Decrypt(box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), content, Context(use));
            return Encoding.UTF8.GetString(content);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private byte[] Context(string use) => Encoding.UTF8.GetBytes($"{options.Value.AppId}\0{use}");
}
