using System.Formats.Asn1;
using HaLong.Signatures.Pdf;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>The CMS of a signature and the bytes it covers.</summary>
internal static class SignedParts
{
    public static (byte[] Cms, byte[] Content) Last(byte[] pdf)
    {
        var field = SignatureFields.Find(PdfFile.Open(pdf))[^1];
        var range = field.ByteRange!;
        var padded = field.Contents!.Bytes;
        AsnDecoder.ReadEncodedValue(padded, AsnEncodingRules.DER, out _, out _, out var length);
        return (padded[..length], [.. pdf[..(int)range[1]], .. pdf.AsSpan((int)range[2], (int)range[3])]);
    }
}
