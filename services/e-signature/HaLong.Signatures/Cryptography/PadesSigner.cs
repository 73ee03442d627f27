using HaLong.Signatures.Pdf;

namespace HaLong.Signatures.Cryptography;

/// <summary>PAdES baseline B (ETSI EN 319 142-1): prepare the revision, sign its digest, embed the CMS.</summary>
internal static class PadesSigner
{
    /// <returns>The bytes to append to <paramref name="pdf"/>; original and these together are the signed file.</returns>
    /// <exception cref="PdfException">The file cannot be read or must not be changed.</exception>
    public static byte[] Sign(ReadOnlyMemory<byte> pdf, SigningKey key, SignatureDetails details)
    {
        using var revision = SignatureRevision.Prepare(PdfFile.Open(pdf), details);
        return revision.Embed(CmsWriter.Sign(revision.Digest, key));
    }
}
