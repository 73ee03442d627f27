using System.Security.Cryptography;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Tests.Pdf;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.TimeStamping;
using HaLong.Signatures.Validation;

namespace HaLong.Signatures.Tests.Cryptography;

/// <summary>A signature whose value comes later, from somewhere else.</summary>
public sealed class PreparedSignatureTests
{
    private static readonly TestPki Pki = TestPki.Default;
    private static readonly byte[] Pdf = SamplePdfs.Table();

    private static PreparedSignature Prepare(SigningKey? signer = null, ValidationData? data = null) =>
        PadesSigner.Prepare(Pdf, (signer ?? Pki.Signer).Chain, (signer ?? Pki.Signer).Algorithm, SignatureRevisionTests.Details, data: data);

    public static TheoryData<string> Algorithms => [.. SignatureAlgorithm.All.Select(a => a.Oid)];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Kept_and_taken_up_again_it_takes_a_value_of_every_algorithm_and_the_judges_accept_the_file(string oid)
    {
        var algorithm = SignatureAlgorithm.ByOid(oid)!;
        using var signer = algorithm.IsRsa ? Rsa(algorithm)
            : SigningKey.Of(ECDsa.Create(Pki.SealKey.ExportParameters(true)), algorithm, Pki.Seal, Pki.Issuing, Pki.Root);
        var resumed = PreparedSignature.Read(Prepare(signer).Serialise());

        var done = resumed.Complete(signer.SignHash(resumed.HashToSign), stamp: null).Value;
        byte[] signed = [.. Pdf, .. done.Bytes];
        Assert.Equal(Indication.Valid, PdfValidator.Validate(signed, Pki.Trust, TimeProvider.System.GetUtcNow(),
            TestContext.Current.CancellationToken).Indication);
        using var judge = new Judge();
        judge.OpenSsl(signed, Pki.Root.ExportCertificatePem()).Succeeded();
    }

    [Fact]
    public void What_is_kept_is_small_and_gives_the_same_bytes_however_often_it_is_kept()
    {
        var data = new ValidationData([Pki.Issuing.RawData], [], []);
        var (first, stored) = (Prepare(data: data), Prepare(data: data).Serialise());
        var (once, twice) = (PreparedSignature.Read(stored), PreparedSignature.Read(PreparedSignature.Read(stored).Serialise()));

        Assert.InRange(stored.Length, 1000, 8000);
        Assert.Equal(once.HashToSign, twice.HashToSign);
        Assert.Equal(first.Revision.Bytes, once.Revision.Bytes);
        Assert.Equal(Pdf.Length, twice.Revision.OriginalLength);
        var value = Pki.Signer.SignHash(once.HashToSign);
        Assert.Equal(once.Complete(value, null).Value.Bytes, twice.Complete(value, null).Value.Bytes);
    }

    [Fact]
    public void A_value_that_does_not_fit_is_refused()
    {
        var prepared = Prepare();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        foreach (var value in new byte[][] { [], [1, 2, 3], new byte[64], Pki.Signer.SignHash(new byte[32]),
            other.SignHash(prepared.HashToSign, DSASignatureFormat.Rfc3279DerSequence) })
        {
            Assert.False(prepared.Fits(value));
            Assert.Equal(PdfErrors.ValueMismatch, prepared.Complete(value, null).Error);
        }
    }

    [Theory]
    [InlineData(true, "B-LT")]
    [InlineData(false, "B-T")]
    public void The_level_is_what_the_file_can_show_of_whoever_stamps(bool known, string level)
    {
        using var stamper = Pki.NewStamper();
        var name = Convert.ToHexString(SHA256.HashData(stamper.Certificate.RawData));
        var prepared = PreparedSignature.Read(Prepare(data: new ValidationData([Pki.Issuing.RawData], [], [])
        {
            Stampers = known ? ["another", name] : ["another"],
        }).Serialise());
        var value = Pki.Signer.SignHash(prepared.HashToSign);
        var token = TestPki.Stamp(stamper, value, TimeProvider.System.GetUtcNow());
        var stamp = new ObtainedTimeStamp(token, TimeProvider.System.GetUtcNow(), IsOwn: false) { Stamper = name };
        Assert.Equal(level, prepared.Complete(value, stamp).Value.Level);
    }

    [Fact]
    public void What_was_not_kept_by_this_is_refused()
    {
        var stored = Prepare().Serialise();
        foreach (var broken in new byte[][] { [], [9], [1], [1, 2, 3], stored[..^40], [2, .. stored[1..]], [.. stored[..20], .. stored[40..]] })
            Assert.Throws<InvalidDataException>(() => PreparedSignature.Read(broken));
    }

    private static SigningKey Rsa(SignatureAlgorithm algorithm)
    {
        var (key, certificate) = Person.Value;
        return SigningKey.Of(RSA.Create(key.ExportParameters(true)), algorithm, certificate, Pki.Issuing, Pki.Root);
    }

    private static readonly Lazy<(RSA Key, System.Security.Cryptography.X509Certificates.X509Certificate2 Certificate)> Person =
        new(() => Pki.NewPerson(bits: 2048));
}
