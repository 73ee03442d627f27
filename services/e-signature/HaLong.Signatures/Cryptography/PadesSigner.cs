using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.TimeStamping;

namespace HaLong.Signatures.Cryptography;

/// <summary>A revision to append, and how far it got.</summary>
/// <param name="Bytes">Original and these together are the signed file.</param>
/// <param name="Value">The signature value: what a time-stamp vouches for.</param>
/// <param name="Level">PAdES baseline level.</param>
internal sealed record SignedRevision(byte[] Bytes, byte[] Value, string Level);

/// <summary>PAdES baseline (ETSI EN 319 142-1): prepare the revision, sign its digest, stamp the signature, embed the CMS.</summary>
internal static class PadesSigner
{
    /// <summary>The first step: all but the signature value, which comes from wherever the key is, whenever it comes.</summary>
    /// <param name="pdf">The file. It is read once and not kept.</param>
    /// <param name="chain">Certificates, signer first.</param>
    /// <param name="algorithm">How the signer signs.</param>
    /// <param name="details">What stands beside the signature.</param>
    /// <param name="appearance">How it shows on a page; null for a signature that does not.</param>
    /// <param name="data">What is needed to check the signature, and the time-stamp of the own authority, later.</param>
    /// <exception cref="PdfException">The file cannot be read or must not be changed (<see cref="PdfErrors.Of"/>).</exception>
    public static PreparedSignature Prepare(ReadOnlyMemory<byte> pdf, IReadOnlyList<X509Certificate2> chain, SignatureAlgorithm algorithm,
        SignatureDetails details, SignatureAppearance? appearance = null, ValidationData? data = null)
    {
        var revision = SignatureRevision.Prepare(PdfFile.Open(pdf), details, appearance, data);
        return new PreparedSignature(revision, new CmsDraft(revision.DigestBy(algorithm.Hash, pdf.Span), chain, algorithm), data?.Stampers ?? []);
    }

    /// <summary>With a key at hand and without a time-stamp.</summary>
    /// <returns>The bytes to append to <paramref name="pdf"/>; original and these together are the signed file.</returns>
    /// <exception cref="PdfException">The file cannot be read or must not be changed.</exception>
    public static byte[] Sign(ReadOnlyMemory<byte> pdf, SigningKey key, SignatureDetails details)
    {
        var prepared = Prepare(pdf, key.Chain, key.Algorithm, details);
        return prepared.Revision.Embed(prepared.Draft.Assemble(key.SignHash(prepared.HashToSign)));
    }

    /// <summary>With a key at hand.</summary>
    /// <param name="pdf">The file.</param>
    /// <param name="key">Who signs.</param>
    /// <param name="details">What stands beside the signature.</param>
    /// <param name="data">What is needed to check the signature, and the time-stamp of the own authority, later.</param>
    /// <param name="stamp">Obtains a time-stamp; null when there is none to be had, which leaves level B.</param>
    /// <exception cref="PdfException">The file cannot be read or must not be changed.</exception>
    public static async Task<SignedRevision> SignAsync(ReadOnlyMemory<byte> pdf, SigningKey key, SignatureDetails details,
        ValidationData data, Func<byte[], Task<ObtainedTimeStamp?>> stamp)
    {
        var prepared = Prepare(pdf, key.Chain, key.Algorithm, details, data: data);
        var value = key.SignHash(prepared.HashToSign);
        return prepared.Complete(value, await stamp(value)).Value;
    }

    /// <param name="withEvidence">Whether the file holds what is needed to check signature and time-stamp.</param>
    public static string LevelWith(bool withEvidence) => withEvidence ? Signature.BaselineLt : Signature.BaselineT;
}
