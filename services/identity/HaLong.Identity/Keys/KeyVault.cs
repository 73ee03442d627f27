using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Keys;

/// <summary>
/// Seals small secrets of the platform itself with AES-256-GCM under keys derived from <c>Keys:Password</c>, one key per purpose. What belongs
/// to people is sealed by <see cref="FieldVault"/> under keys that lie here wrapped, and so can be replaced while the service runs.
/// </summary>
internal sealed class KeyVault(IOptions<KeyOptions> options)
{
    public const string ServerKeys = "server-keys";
    public const string PersonalNumbers = "personal-numbers";
    public const string DataProtection = "data-protection";
    public const string DataKeys = "data-keys";

    private const int Iterations = 210_000;

    // Derived once per process: the cost is for guessers, not for us. The first is the password in force, the others only open.
    private readonly Lazy<byte[]>[] _masters =
        [.. options.Value.PreviousPasswords.Prepend(options.Value.Password).Select(p => new Lazy<byte[]>(() => Master(p)))];

    /// <param name="purpose">Which of the derived keys.</param>
    /// <param name="owner">Id of the row that will hold the result; bound to it so that rows cannot be swapped.</param>
    /// <param name="secret">What to hide.</param>
    public byte[] Seal(string purpose, string owner, ReadOnlySpan<byte> secret) =>
        AesBox.Seal(Derive(_masters[0], purpose), [], Encoding.UTF8.GetBytes(owner), secret);

    public byte[] Open(string purpose, string owner, ReadOnlySpan<byte> box) => Open(purpose, owner, box, out _);

    /// <summary>The box sealed anew under the password in force; null when it already is.</summary>
    public byte[]? Rewrap(string purpose, string owner, ReadOnlySpan<byte> box)
    {
        var secret = Open(purpose, owner, box, out var password);
        return password == 0 ? null : Seal(purpose, owner, secret);
    }

    /// <summary>A keyed hash: equal for equal values, useless to who does not hold the key. Changes with the password.</summary>
    public byte[] Index(string purpose, ReadOnlySpan<byte> value) => HMACSHA256.HashData(IndexKey(purpose), value);

    /// <summary>The key behind <see cref="Index"/>: blind indexes written before index keys were stored go on with it.</summary>
    internal byte[] IndexKey(string purpose) => Derive(_masters[0], purpose + "-index");

    private byte[] Open(string purpose, string owner, ReadOnlySpan<byte> box, out int password)
    {
        for (password = 0; password < _masters.Length; password++)
        {
            if (AesBox.Open(Derive(_masters[password], purpose), [], Encoding.UTF8.GetBytes(owner), box) is { } secret)
                return secret;
        }

        throw new CryptographicException(
            $"Keys:Password does not open a stored value ({purpose}): it was sealed with another password or was changed since.");
    }

    private static byte[] Master(string password) =>
        Rfc2898DeriveBytes.Pbkdf2(password, "halong.identity.key-vault.v1"u8, Iterations, HashAlgorithmName.SHA512, 32);

    private static byte[] Derive(Lazy<byte[]> master, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, master.Value, 32, info: Encoding.UTF8.GetBytes(purpose));
}
