using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Keys;

/// <summary>Seals small secrets for storage with AES-256-GCM under keys derived from <c>Keys:Password</c>, one key per purpose.</summary>
internal sealed class KeyVault(IOptions<KeyOptions> options)
{
    public const string ServerKeys = "server-keys";
    public const string PersonalNumbers = "personal-numbers";
    public const string DataProtection = "data-protection";

    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int Iterations = 210_000;

    // Derived once per process: the cost is for guessers, not for us.
    private readonly Lazy<byte[]> _master = new(() => Rfc2898DeriveBytes.Pbkdf2(
        options.Value.Password, "halong.identity.key-vault.v1"u8, Iterations, HashAlgorithmName.SHA512, 32));

    /// <param name="purpose">Which of the derived keys.</param>
    /// <param name="owner">Id of the row that will hold the result; bound to it so that rows cannot be swapped.</param>
    /// <param name="secret">What to hide.</param>
    public byte[] Seal(string purpose, string owner, ReadOnlySpan<byte> secret)
    {
        var box = new byte[NonceSize + TagSize + secret.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceSize));
        using var aes = new AesGcm(Derive(purpose), TagSize);
        aes.Encrypt(box.AsSpan(0, NonceSize), secret, box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), Encoding.UTF8.GetBytes(owner));
        return box;
    }

    public byte[] Open(string purpose, string owner, ReadOnlySpan<byte> box)
    {
        if (box.Length < NonceSize + TagSize)
            throw new CryptographicException("A sealed value is too short to be one.");

        var secret = new byte[box.Length - NonceSize - TagSize];
        using var aes = new AesGcm(Derive(purpose), TagSize);
        try
        {
            aes.Decrypt(box[..NonceSize], box[(NonceSize + TagSize)..], box.Slice(NonceSize, TagSize), secret, Encoding.UTF8.GetBytes(owner));
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new CryptographicException(
                $"Keys:Password does not open a stored value ({purpose}): it was sealed with another password or was changed since.", e);
        }

        return secret;
    }

    /// <summary>A keyed hash: equal for equal values, useless to who does not hold the key.</summary>
    public byte[] Index(string purpose, ReadOnlySpan<byte> value) => HMACSHA256.HashData(Derive(purpose + "-index"), value);

    private byte[] Derive(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _master.Value, 32, info: Encoding.UTF8.GetBytes(purpose));
}
