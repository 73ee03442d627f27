using System.Security.Cryptography;
using HaLong.Signatures.Cades;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Features;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Tests.Pdf;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.TimeStamping;
using HaLong.Signatures.Validation;

namespace HaLong.Signatures.Tests.Cryptography;

/// <summary>Every key with every hash: what we make, programs of others accept, and so do we.</summary>
public sealed class AlgorithmMatrixTests
{
    private static readonly byte[] Content = "Biên bản kiểm tra thực địa"u8.ToArray();

    [Fact]
    public async Task Openssl_verifies_a_file_signed_with_every_key_and_hash()
    {
        using var judge = new Judge();
        var (content, root) = (judge.Save("content.bin", Content), judge.Save("root.pem",
            System.Text.Encoding.ASCII.GetBytes(TestPki.Default.Root.ExportCertificatePem())));
        foreach (var (key, hash) in KeyMatrix.All)
        {
            var signer = KeyMatrix.Signer(key, hash);
            var draft = CadesSigner.Prepare(CryptographicOperations.HashData(signer.Algorithm.Hash, Content), signer.Chain, signer.Algorithm, TestPki.Now);
            var signed = await draft.CompleteAsync(signer.SignHash(draft.HashToSign), _ => Task.FromResult<ObtainedTimeStamp?>(null), ValidationData.None);

            judge.Run("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", judge.Save($"{key}-{hash}.p7s", signed.Der), "-content", content,
                "-CAfile", root, "-purpose", "any", "-out", "/dev/null").Succeeded();
            var found = FileValidator.Validate(signed.Der, n => CryptographicOperations.HashData(n, Content), TestPki.Default.Trust,
                TimeProvider.System.GetUtcNow());
            Assert.True(found.Indication == Indication.Valid, $"{key} {hash}: {string.Join(' ', found.Signatures.SelectMany(s => s.Reasons))}");
            Assert.Equal(hash, found.Signatures[0].DigestAlgorithm);
        }
    }

    [Fact]
    public void Pdfsig_verifies_a_PDF_signed_with_every_key_and_hash()
    {
        using var judge = new Judge();
        var root = TestPki.Default.Root.ExportCertificatePem();
        foreach (var (key, hash) in KeyMatrix.All)
        {
            var signed = SignatureRevisionTests.Sign(SamplePdfs.Table(), KeyMatrix.Signer(key, hash));
            judge.PdfSig(signed, root).SaysValid();
            Assert.Equal(Indication.Valid, PdfValidator.Validate(signed, TestPki.Default.Trust, TimeProvider.System.GetUtcNow()).Indication);
        }
    }

    [Theory]
    [InlineData("P-256", "SHA512", true)]
    [InlineData("RSA-2048", "SHA384", true)]
    [InlineData("P-384", "SHA256", true)]
    public void A_key_signs_by_another_hash_than_its_own_when_it_can(string key, string hash, bool can)
    {
        var usual = SigningKey.Of(KeyMatrix.Key(key), SignatureAlgorithm.Of(KeyMatrix.Certificate(key)), KeyMatrix.Chain(key));
        var algorithm = KeyMatrix.Algorithm(key, hash);
        Assert.Equal(can, usual.Signs(algorithm));
        var value = usual.SignHash(CryptographicOperations.HashData(algorithm.Hash, Content), algorithm);
        Assert.True(PublicKeys.Verifies(KeyMatrix.Certificate(key), algorithm.Oid, Content, value));
    }

    [Fact]
    public void A_key_does_not_sign_by_an_algorithm_of_another_kind_and_one_elsewhere_only_by_its_own()
    {
        var rsa = KeyMatrix.Signer("RSA-2048", "SHA256");
        Assert.False(rsa.Signs(SignatureAlgorithm.EcdsaSha256));
        Assert.Throws<NotSupportedException>(() => rsa.SignHash(new byte[32], SignatureAlgorithm.EcdsaSha256));
        Assert.False(KeyMatrix.Signer("P-256", "SHA256").Signs(SignatureAlgorithm.RsaSha256));

        using var token = new Elsewhere(rsa);
        Assert.Equal(rsa.SignHash(new byte[32]), token.SignHash(new byte[32], SignatureAlgorithm.RsaSha256));
        Assert.False(token.Signs(SignatureAlgorithm.RsaSha384));
        Assert.Throws<NotSupportedException>(() => token.SignHash(new byte[48], SignatureAlgorithm.RsaSha384));

        Assert.Equal(SignatureAlgorithm.RsaSha256, SignFile.AlgorithmFor(token, "SHA-256").Value);
        Assert.Equal("SIG-0556", SignFile.AlgorithmFor(token, "SHA-384").Error.Code);
        Assert.Equal(SignatureAlgorithm.RsaSha384, SignFile.AlgorithmFor(rsa, "SHA-384").Value);
    }

    [Fact]
    public void Lists_and_answers_signed_with_PSS_are_believed_with_every_hash_and_only_as_signed()
    {
        var (key, certificate) = ((RSA)KeyMatrix.Key("RSA-2048"), KeyMatrix.Certificate("RSA-2048"));
        foreach (var hash in new[] { HashAlgorithmName.SHA256, HashAlgorithmName.SHA384, HashAlgorithmName.SHA512 })
        {
            var value = key.SignData(Content, hash, RSASignaturePadding.Pss);
            Assert.True(PublicKeys.Verifies(certificate, "1.2.840.113549.1.1.10", Content, value));
            Assert.False(PublicKeys.Verifies(certificate, "1.2.840.113549.1.1.10", Content.AsSpan(1), value));
            Assert.False(PublicKeys.Verifies(certificate, "1.2.840.113549.1.1.11", Content, value));
        }

        Assert.False(PublicKeys.Verifies(KeyMatrix.Certificate("P-256"), "1.2.840.113549.1.1.10", Content, new byte[256]));
        Assert.False(PublicKeys.Verifies(certificate, "1.2.840.113549.1.1.10", Content, key.SignData(Content, HashAlgorithmName.SHA1,
            RSASignaturePadding.Pss)));
    }

    /// <summary>A key that signs in one way, as one on a token may.</summary>
    private sealed class Elsewhere(SigningKey key) : SigningKey(key.Chain, key.Algorithm)
    {
        public override byte[] SignHash(ReadOnlySpan<byte> hash) => key.SignHash(hash);
    }
}
