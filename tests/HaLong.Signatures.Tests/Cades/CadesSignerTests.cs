using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using HaLong.Signatures.Cades;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.TimeStamping;
using HaLong.Signatures.Validation;

namespace HaLong.Signatures.Tests.Cades;

public sealed class CadesSignerTests
{
    private static readonly TestPki Pki = TestPki.Default;
    private static readonly SigningKey Stamper = Pki.NewStamper();
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly byte[] Content = "danh sách hộ dân"u8.ToArray();

    private static CadesSigner Prepare(DateTimeOffset? at = null) =>
        CadesSigner.Prepare(SHA256.HashData(Content), Pki.Signer.Chain, Pki.Signer.Algorithm, at ?? Now, "text/csv");

    private static async Task<DetachedCms> SignAsync(bool stamped = false, bool own = true, ValidationData? data = null)
    {
        var draft = Prepare();
        return await draft.CompleteAsync(Pki.Signer.SignHash(draft.HashToSign),
            value => Task.FromResult(stamped ? new ObtainedTimeStamp(TestPki.Stamp(Stamper, value, Now), Now, own) : null), data ?? ValidationData.None);
    }

    private static ValidationData Evidence => new([Pki.Issuing.RawData, Stamper.Certificate.RawData],
        [Pki.Answer(Pki.Seal, Now, Now.AddHours(1)), Pki.Answer(Stamper.Certificate, Now, Now.AddHours(1))], [Pki.List(ofRoot: true, Now, Now.AddDays(1))]);

    private static SignedCms Decode(byte[] der)
    {
        var signed = new SignedCms(new ContentInfo(Content), detached: true);
        signed.Decode(der);
        return signed;
    }

    [Fact]
    public async Task It_carries_the_attributes_of_the_baseline_and_the_platforms_reader_verifies_it()
    {
        var signed = Decode((await SignAsync()).Der);
        signed.CheckSignature(verifySignatureOnly: true);

        var attributes = signed.SignerInfos[0].SignedAttributes.Cast<CryptographicAttributeObject>().ToDictionary(a => a.Oid.Value!, a => a.Values[0]);
        Assert.Equal(["0.4.0.1733.2.1", "1.2.840.113549.1.9.16.2.47", "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4", "1.2.840.113549.1.9.5"],
            attributes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Now.UtcDateTime, Assert.IsType<Pkcs9SigningTime>(attributes["1.2.840.113549.1.9.5"]).SigningTime.ToUniversalTime(),
            TimeSpan.FromSeconds(1));
        Assert.Equal("\f\btext/csv"u8.ToArray(), attributes["0.4.0.1733.2.1"].RawData);
    }

    [Fact]
    public void What_is_to_be_signed_can_be_prepared_again_while_the_signer_is_waited_for()
    {
        Assert.Equal(Prepare().HashToSign, Prepare().HashToSign);
        Assert.NotEqual(Prepare().HashToSign, Prepare(Now.AddSeconds(5)).HashToSign);
    }

    [Fact]
    public async Task A_signature_value_that_comes_later_completes_another_draft_of_the_same()
    {
        var value = Pki.Signer.SignHash(Prepare().HashToSign);
        var signed = await Prepare().CompleteAsync(value, _ => Task.FromResult<ObtainedTimeStamp?>(null), ValidationData.None);
        Decode(signed.Der).CheckSignature(verifySignatureOnly: true);
        Assert.Equal((value, "B-B"), (signed.Value, signed.Level));
    }

    [Fact]
    public async Task The_time_stamp_is_over_the_signature_value_by_the_platforms_own_check()
    {
        var signed = await SignAsync(stamped: true, own: false);
        var signer = Decode(signed.Der).SignerInfos[0];
        var attribute = signer.UnsignedAttributes.Cast<CryptographicAttributeObject>().Single();

        Assert.Equal("1.2.840.113549.1.9.16.2.14", attribute.Oid.Value);
        Assert.True(Rfc3161TimestampToken.TryDecode(attribute.Values[0].RawData, out var token, out _));
        Assert.True(token.VerifySignatureForSignerInfo(signer, out var by));
        Assert.Equal(Stamper.Certificate.SerialNumber, by.SerialNumber);
        Assert.Equal("B-T", signed.Level);
    }

    [Fact]
    public async Task Level_LT_holds_what_is_needed_and_still_verifies_with_openssl()
    {
        var signed = await SignAsync(stamped: true, data: Evidence);
        Assert.Equal("B-LT", signed.Level);

        var data = FileValidator.DataOf(signed.Der);
        Assert.Equal((2, 1), (data.Answers.Count, data.Lists.Count));
        var read = Decode(signed.Der);
        Assert.Equal((5, 4), (read.Version, read.Certificates.Count));
        read.CheckSignature(verifySignatureOnly: true);
        using var judge = new Judge();
        judge.Run("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", judge.Save("x.p7s", signed.Der), "-content", judge.Save("x", Content),
            "-CAfile", judge.Save("root.pem", System.Text.Encoding.ASCII.GetBytes(Pki.Root.ExportCertificatePem())), "-purpose", "any", "-out",
                "/dev/null").Succeeded();
        var printed = judge.Run("openssl", "cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in", Path.Combine(judge.Folder, "x.p7s")).Succeeded()
            .Output;
        Assert.Contains("1.3.6.1.5.5.7.16.2", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Level_LT_is_valid_where_nobody_can_be_asked_also_after_the_seal_has_expired()
    {
        var signed = await SignAsync(stamped: true, data: Evidence);
        foreach (var now in new[] { Now, Now.AddYears(4) })
        {
            var finding = FileValidator.Validate(signed.Der, _ => SHA256.HashData(Content), new Trust(Pki.Roots), now).Signatures.Single();
            Assert.Equal((Indication.Valid, "B-LT", "CAdES.detached"), (finding.Indication, finding.Level, finding.Format));
            Assert.NotNull(finding.TimeStampedAt);
            Assert.Equal(["FILE_OCSP", "FILE_CRL"], finding.Detail.Statuses!.Select(s => s.Source));
        }

        var bare = FileValidator.Validate((await SignAsync()).Der, _ => SHA256.HashData(Content), new Trust(Pki.Roots), Now).Signatures.Single();
        Assert.Equal([Reasons.RevocationUnavailable], bare.Reasons);
    }

    [Fact]
    public void A_hash_of_another_length_is_none() => Assert.Throws<ArgumentException>(() =>
        CadesSigner.Prepare(new byte[20], Pki.Signer.Chain, Pki.Signer.Algorithm, Now));
}

public sealed class ContentDigestsTests
{
    [Fact]
    public async Task A_stream_is_hashed_without_being_held()
    {
        var bytes = RandomNumberGenerator.GetBytes(300_000);
        using var digests = new ContentDigests();
        digests.Append(bytes.AsSpan(0, 100));
        digests.Append(bytes.AsSpan(100));
        foreach (var name in new[] { HashAlgorithmName.SHA1, HashAlgorithmName.SHA256, HashAlgorithmName.SHA384, HashAlgorithmName.SHA512 })
        {
            Assert.Equal(CryptographicOperations.HashData(name, bytes), digests.Of(name));
            using var stream = new MemoryStream(bytes);
            Assert.Equal(digests.Of(name), await ContentDigests.OfAsync(stream, name, TestContext.Current.CancellationToken));
        }

        Assert.Null(digests.Of(HashAlgorithmName.MD5));
    }

    [Fact]
    public void Lengths_are_those_of_the_functions()
    {
        Assert.Equal((32, 48, 64), (ContentDigests.LengthOf(HashAlgorithmName.SHA256), ContentDigests.LengthOf(HashAlgorithmName.SHA384),
            ContentDigests.LengthOf(HashAlgorithmName.SHA512)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ContentDigests.LengthOf(HashAlgorithmName.SHA1));
    }
}
