using System.Security.Cryptography;
using System.Text;

namespace HaLong.Signatures.Domain;

/// <summary>A document to seal.</summary>
internal sealed record SignatureRequest(Guid DocumentId, ReadOnlyMemory<byte> Pdf, string UnitCode, Guid SignerId, string Reason,
    string Location, string RequestedBy)
{
    /// <summary>What makes two requests the same: the bytes, whose seal, and on whose approval. Remarks may differ.</summary>
    public byte[] Hash { get; } = HashOf(Pdf.Span, $"{UnitCode}\n{SignerId}\n");

    private static byte[] HashOf(ReadOnlySpan<byte> pdf, string context)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(context));
        hash.AppendData(pdf);
        return hash.GetHashAndReset();
    }
}
