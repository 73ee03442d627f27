using System.Security.Cryptography;

namespace HaLong.Signatures.Cryptography;

/// <summary>Signs with a key that is at hand.</summary>
internal static class CmsWriter
{
    /// <summary>A detached signature over a document.</summary>
    /// <param name="contentHash">By the hash of the key's algorithm.</param>
    /// <param name="key">Who signs.</param>
    public static byte[] Sign(byte[] contentHash, SigningKey key) => Complete(new CmsDraft(contentHash, key.Chain, key.Algorithm), key);

    /// <summary>A signature that encloses what it signs, as a time-stamp token does (RFC 3161 §2.4.2).</summary>
    /// <param name="type">OID of the content.</param>
    /// <param name="content">The content, DER.</param>
    /// <param name="key">Who signs.</param>
    /// <param name="withCertificates">Whether the certificates are enclosed.</param>
    public static byte[] Enclose(string type, byte[] content, SigningKey key, bool withCertificates) => Complete(
        new CmsDraft(CryptographicOperations.HashData(key.Algorithm.Hash, content), key.Chain, key.Algorithm)
        {
            Type = type,
            Content = content,
            WithCertificates = withCertificates,
        }, key);

    private static byte[] Complete(CmsDraft draft, SigningKey key) => draft.Assemble(key.SignHash(draft.HashToSign));
}
