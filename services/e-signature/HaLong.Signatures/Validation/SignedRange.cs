using System.Formats.Asn1;
using System.Security.Cryptography;
using HaLong.Signatures.Pdf;

namespace HaLong.Signatures.Validation;

/// <summary>What a signature covers: everything from the first byte to <see cref="End"/>, around exactly the string that holds it.</summary>
/// <param name="Gap">Where that string begins.</param>
/// <param name="Resume">Where it ends.</param>
/// <param name="End">Where what is covered ends.</param>
internal sealed record SignedRange(int Gap, int Resume, int End)
{
    /// <summary>Null when the range is any other: unsigned bytes could hide beside the signature.</summary>
    public static SignedRange? Of(PdfFile file, SignatureField field)
    {
        var length = file.Bytes.Length;
        return field.ByteRange is [0, var gap, var resume, var rest] && field.Contents is { IsHex: true } contents
            && contents.Start == gap && contents.End == resume && rest <= length - resume
            ? new SignedRange((int)gap, (int)resume, (int)(resume + rest))
            : null;
    }

    public ReadOnlyMemory<byte> Before(PdfFile file) => file.Bytes[..Gap];

    public ReadOnlyMemory<byte> After(PdfFile file) => file.Bytes[Resume..End];

    public byte[] Digest(PdfFile file, HashAlgorithmName name)
    {
        using var hash = IncrementalHash.CreateHash(name);
        hash.AppendData(Before(file).Span);
        hash.AppendData(After(file).Span);
        return hash.GetHashAndReset();
    }

    /// <summary>The token or CMS in its room; null when something other than zeros stands behind it, or it is none.</summary>
    public static byte[]? Unpadded(byte[] contents)
    {
        try
        {
            AsnDecoder.ReadEncodedValue(contents, AsnEncodingRules.BER, out _, out _, out var length);
            return contents.AsSpan(length).ContainsAnyExcept((byte)0) ? null : contents[..length];
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
