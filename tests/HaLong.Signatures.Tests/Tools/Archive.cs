using System.Security.Cryptography;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Tests.Pdf;
using HaLong.Signatures.TimeStamping;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>Signed files with evidence and time-stamps, made without a database.</summary>
internal static class Archive
{
    private static readonly TestPki Pki = TestPki.Default;

    public static readonly SigningKey Stamper = Pki.NewStamper();
    public static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    /// <summary>What shows that the seal and the time-stamp authority held.</summary>
    public static ValidationData Evidence(DateTimeOffset? at = null) => new(
        [Pki.Issuing.RawData],
        [Pki.Answer(Pki.Seal, at ?? Now, (at ?? Now).AddHours(1)), Pki.Answer(Stamper.Certificate, at ?? Now, (at ?? Now).AddHours(1))],
        [Pki.List(ofRoot: true, at ?? Now, (at ?? Now).AddDays(1))]);

    /// <summary>Signed; with a time-stamp unless told otherwise.</summary>
    public static byte[] Sign(byte[]? pdf = null, ValidationData? data = null, SigningKey? signer = null, DateTimeOffset? stampedAt = null,
        bool stamped = true)
    {
        var (original, key) = (pdf ?? SamplePdfs.Table(), signer ?? Pki.Signer);
        var prepared = PadesSigner.Prepare(original, key.Chain, key.Algorithm, SignatureRevisionTests.Details, data: data);
        var value = key.SignHash(prepared.HashToSign);
        var at = stampedAt ?? Now;
        var done = prepared.Complete(value, stamped ? new ObtainedTimeStamp(TestPki.Stamp(Stamper, value, at), at, IsOwn: true) : null);
        return [.. original, .. done.Value.Bytes];
    }

    /// <summary>With a document time-stamp over it.</summary>
    public static byte[] Preserve(byte[] pdf, ValidationData? data = null, DateTimeOffset? at = null, SigningKey? stamper = null)
    {
        var revision = ArchiveRevision.Prepare(PdfFile.Open(pdf), data ?? ValidationData.None);
        var token = TestPki.StampHash(stamper ?? Stamper, revision.DigestBy(HashAlgorithmName.SHA256, pdf), at ?? Now);
        return [.. pdf, .. revision.Embed(token)];
    }

    /// <summary>Under which name evidence about the first signature is kept.</summary>
    public static string KeyOfFirst(byte[] pdf) => SignatureEvidence.KeyOf(SignatureFields.Find(PdfFile.Open(pdf))[0].Contents!.Bytes);
}
