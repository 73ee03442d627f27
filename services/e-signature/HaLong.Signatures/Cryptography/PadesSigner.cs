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
    /// <returns>The bytes to append to <paramref name="pdf"/>; original and these together are the signed file.</returns>
    /// <exception cref="PdfException">The file cannot be read or must not be changed.</exception>
    public static byte[] Sign(ReadOnlyMemory<byte> pdf, SigningKey key, SignatureDetails details)
    {
        using var revision = SignatureRevision.Prepare(PdfFile.Open(pdf), details);
        return revision.Embed(CmsWriter.Sign(revision.DigestBy(key.Algorithm.Hash), key));
    }

    /// <param name="pdf">The file.</param>
    /// <param name="key">Who signs.</param>
    /// <param name="details">What stands beside the signature.</param>
    /// <param name="data">What is needed to check the signature, and the time-stamp of the own authority, later.</param>
    /// <param name="stamp">Obtains a time-stamp; null when there is none to be had, which leaves level B.</param>
    /// <exception cref="PdfException">The file cannot be read or must not be changed.</exception>
    public static async Task<SignedRevision> SignAsync(ReadOnlyMemory<byte> pdf, SigningKey key, SignatureDetails details,
        ValidationData data, Func<byte[], Task<ObtainedTimeStamp?>> stamp)
    {
        using var revision = SignatureRevision.Prepare(PdfFile.Open(pdf), details, data);
        var cms = CmsWriter.Sign(revision.DigestBy(key.Algorithm.Hash), key);
        var value = SignatureTimeStamp.ValueOf(cms);
        // Room is kept for a token of ordinary size; an authority that sends a larger one has not stamped.
        return await stamp(value) is { } obtained && SignatureTimeStamp.AddTo(cms, obtained.Token) is var stamped && SignatureRevision.HasRoomFor(stamped)
            ? new SignedRevision(revision.Embed(stamped), value, LevelWith(obtained.IsOwn))
            : new SignedRevision(revision.Embed(cms), value, Signature.BaselineB);
    }

    /// <summary>What is needed to check another authority's time-stamp is not in the file: it is not known before it answers.</summary>
    public static string LevelWith(bool isOwn) => isOwn ? Signature.BaselineLt : Signature.BaselineT;
}
