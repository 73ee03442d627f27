using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.TimeStamping;

namespace HaLong.Signatures.Cades;

/// <summary>A detached signature, and how far it got.</summary>
/// <param name="Der">The CMS; what it signs lies elsewhere.</param>
/// <param name="Value">The signature value: what a time-stamp vouches for.</param>
/// <param name="Level">CAdES baseline level.</param>
internal sealed record DetachedCms(byte[] Der, byte[] Value, string Level);

/// <summary>
/// CAdES baseline (ETSI EN 319 122-1) over any file, of which only the hash is needed: prepare, sign <see cref="HashToSign"/> here or
/// elsewhere, complete. The same arguments prepare the same again, so nothing but these has to be kept while a remote signer is waited for.
/// </summary>
internal sealed class CadesSigner
{
    public const string AnyType = "application/octet-stream";

    private readonly CmsDraft draft;

    private CadesSigner(CmsDraft draft) => this.draft = draft;

    /// <summary>What the signer signs, by the hash of the algorithm.</summary>
    public byte[] HashToSign => draft.HashToSign;

    /// <param name="contentHash">Hash of the file by the hash of <paramref name="algorithm"/>.</param>
    /// <param name="chain">Certificates, signer first.</param>
    /// <param name="algorithm">How the signer signs.</param>
    /// <param name="signingTime">When the signer says that it was; whole seconds count.</param>
    /// <param name="mimeType">What kind of file it is.</param>
    /// <exception cref="ArgumentException">The hash has not the length of its function.</exception>
    public static CadesSigner Prepare(byte[] contentHash, IReadOnlyList<X509Certificate2> chain, SignatureAlgorithm algorithm,
        DateTimeOffset signingTime, string mimeType = AnyType) => contentHash.Length == ContentDigests.LengthOf(algorithm.Hash)
            ? new(new CmsDraft(contentHash, chain, algorithm) { SigningTime = signingTime, MimeType = mimeType })
            : throw new ArgumentException("The hash has not the length of its function.", nameof(contentHash));

    /// <param name="value">The signature value over <see cref="HashToSign"/>.</param>
    /// <param name="stamp">Obtains a time-stamp; null when there is none to be had, which leaves level B.</param>
    /// <param name="data">What is needed to check the signature, and the time-stamp of the own authority, later.</param>
    public async Task<DetachedCms> CompleteAsync(byte[] value, Func<byte[], Task<ObtainedTimeStamp?>> stamp, ValidationData data)
    {
        var obtained = await stamp(value);
        return new DetachedCms(draft.Assemble(value, obtained?.Token, data), value,
            obtained is null ? Signature.BaselineB : PadesSigner.LevelWith(obtained.IsOwn));
    }
}
