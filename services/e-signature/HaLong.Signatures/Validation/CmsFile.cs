using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;

namespace HaLong.Signatures.Validation;

/// <summary>A CMS with signatures as a file holds it: DER, or PEM as openssl writes it.</summary>
internal static class CmsFile
{
    /// <summary>Larger is no signature: with every list and answer it is some hundred kB.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const string SignedData = "1.2.840.113549.1.7.2";

    /// <returns>The DER; null when it is none, judged by content.</returns>
    public static byte[]? Read(ReadOnlySpan<byte> file) => file.Length is 0 or > MaxBytes ? null
        : IsSignedData(file, out var length) && length == file.Length ? file.ToArray()
        : FromPem(file);

    private static byte[]? FromPem(ReadOnlySpan<byte> file)
    {
        if (!file.TrimStart(" \t\r\n"u8).StartsWith("-----BEGIN "u8))
            return null;
        var text = Encoding.Latin1.GetString(file);
        if (!PemEncoding.TryFind(text, out var fields) || text[fields.Label] is not ("CMS" or "PKCS7" or "PKCS #7 SIGNED DATA"))
            return null;
        var der = Convert.FromBase64String(text[fields.Base64Data]);
        return IsSignedData(der, out var length) && length == der.Length ? der : null;
    }

    private static bool IsSignedData(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        try
        {
            AsnDecoder.ReadSequence(bytes, AsnEncodingRules.BER, out var offset, out _, out length);
            return AsnDecoder.ReadObjectIdentifier(bytes[offset..], AsnEncodingRules.BER, out _) == SignedData;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
