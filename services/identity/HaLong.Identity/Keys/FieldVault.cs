using System.Security.Cryptography;
using System.Text;

namespace HaLong.Identity.Keys;

/// <summary>
/// Seals what belongs to people. A box begins with the format and the id of its data key; both are authenticated together with the purpose and
/// the row, so a box opens only where it was made for.
/// </summary>
internal sealed class FieldVault(DataKeyRing ring, KeyVault vault)
{
    /// <summary>Format and key id.</summary>
    public const int HeaderSize = 20;

    public const string IdentityDocuments = "identity-documents";
    public const string DataRequests = "data-requests";
    public const string DataExports = "data-exports";

    // HLD and the version of the format. A box without it is of the time before data keys, sealed by KeyVault itself.
    private static ReadOnlySpan<byte> Format => "HLD1"u8;

    /// <param name="purpose">What kind of field.</param>
    /// <param name="row">Id of the row that will hold the result.</param>
    /// <param name="secret">What to hide.</param>
    public byte[] Seal(string purpose, string row, ReadOnlySpan<byte> secret)
    {
        var keys = ring.Fresh;
        return AesBox.Seal(keys.Fields[keys.Field], Header(keys.Field), Context(purpose, row), secret);
    }

    public byte[] Open(string purpose, string row, ReadOnlySpan<byte> box)
    {
        if (KeyOf(box) is not { } id)
            return vault.Open(purpose, row, box);
        // A key that another replica has just made is not in memory yet.
        var key = ring.Current.Fields.GetValueOrDefault(id) ?? ring.Read().Fields.GetValueOrDefault(id)
            ?? throw new CryptographicException($"A sealed value ({purpose}) names a data key that does not exist or was destroyed.");
        return AesBox.Open(key, box[..HeaderSize], Context(purpose, row), box)
            ?? throw new CryptographicException($"A sealed value ({purpose}) was changed or moved since it was sealed.");
    }

    /// <summary>A keyed hash that no rotation and no change of password changes: for secrets that are only compared, such as recovery codes.</summary>
    public byte[] Index(string purpose, ReadOnlySpan<byte> value) => HMACSHA256.HashData(
        HKDF.DeriveKey(HashAlgorithmName.SHA256, ring.Current.Hash, 32, info: Encoding.UTF8.GetBytes(purpose)), value);

    /// <summary>The id of the data key that a box names; null for one of the time before data keys.</summary>
    public static Guid? KeyOf(ReadOnlySpan<byte> box) =>
        box.Length > HeaderSize && box.StartsWith(Format) ? new Guid(box.Slice(Format.Length, 16), bigEndian: true) : null;

    /// <summary>What every box under a key begins with.</summary>
    public static byte[] Header(Guid key) => [.. Format, .. key.ToByteArray(bigEndian: true)];

    private static byte[] Context(string purpose, string row) => Encoding.UTF8.GetBytes($"{purpose}\0{row}");
}
