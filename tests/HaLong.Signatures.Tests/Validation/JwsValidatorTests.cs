using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Jades;
using HaLong.Signatures.Tests.Jades;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.Validation;

namespace HaLong.Signatures.Tests.Validation;

public sealed class JwsValidatorTests
{
    private static readonly TestPki Pki = TestPki.Default;

    private static SignatureFinding Find(string jws, Trust? trust = null, DateTimeOffset? now = null) =>
        JwsValidator.Validate(JwsFile.Read(Encoding.ASCII.GetBytes(jws)), trust ?? Pki.Trust, now ?? TimeProvider.System.GetUtcNow()).Signatures.Single();

    /// <summary>A statement with another header, signed rightly.</summary>
    private static string With(Action<JsonObject> change, SigningKey? key = null)
    {
        var signer = key ?? Pki.Signer;
        var parts = JadesTests.Sign(signer).Split('.');
        var header = JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!.AsObject();
        change(header);
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{parts[1]}";
        var value = signer.SignHash(CryptographicOperations.HashData(signer.Algorithm.Hash, Encoding.ASCII.GetBytes(signed)));
        return $"{signed}.{Base64Url.EncodeToString(signer.Algorithm.IsRsa ? value : JwsAlgorithm.ToCoordinates(value, 32))}";
    }

    [Theory]
    [InlineData("P-256", "SHA256")]
    [InlineData("P-384", "SHA384")]
    [InlineData("RSA-2048", "SHA256")]
    [InlineData("RSA-3072", "SHA384")]
    [InlineData("RSA-3072", "SHA512")]
    public void A_statement_is_valid(string key, string hash)
    {
        var found = Find(JadesTests.Sign(KeyMatrix.Signer(key, hash)));
        Assert.Equal((Indication.Valid, "JAdES.compact", "B-B", hash, true), (found.Indication, found.Format, found.Level, found.DigestAlgorithm,
            found.CoversWholeFile));
        Assert.Equal(TestPki.Now, found.ClaimedAt);
        Assert.Empty(found.Reasons);
    }

    [Fact]
    public void PSS_is_accepted()
    {
        var key = (RSA)KeyMatrix.Key("RSA-2048");
        var parts = JadesTests.Sign(KeyMatrix.Signer("RSA-2048", "SHA256")).Split('.');
        var header = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])).Replace("RS256", "PS256", StringComparison.Ordinal);
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{parts[1]}";
        var value = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        var found = Find($"{signed}.{Base64Url.EncodeToString(value)}");
        Assert.Equal((Indication.Valid, "PSS"), (found.Indication, found.Detail.Algorithms!.Scheme));
    }

    [Fact]
    public void One_letter_changed_anywhere_is_invalid_or_unreadable()
    {
        var jws = JadesTests.Sign(Pki.Signer);
        for (var i = 0; i < jws.Length; i += 19)
        {
            if (jws[i] == '.')
                continue;
            var tampered = jws[..i] + (jws[i] == 'A' ? 'B' : 'A') + jws[(i + 1)..];
            Assert.NotEqual(Indication.Valid, Find(tampered).Indication);
        }

        var payload = jws.Split('.');
        Assert.Equal([Reasons.SignatureMismatch], Find($"{payload[0]}.e30.{payload[2]}").Reasons);
    }

    [Fact]
    public void Another_certificate_than_the_named_one_is_noticed()
    {
        var found = Find(With(h => h["x5t#S256"] = Base64Url.EncodeToString(SHA256.HashData(Pki.Issuing.RawData))));
        Assert.Equal([Reasons.SigningCertificateMismatch], found.Reasons);
    }

    [Fact]
    public void A_header_that_demands_what_is_not_understood_is_not_supported()
    {
        Assert.Equal([Reasons.UnsupportedFormat], Find(With(h => h["crit"] = new JsonArray("exp"))).Reasons);
        Assert.Equal([Reasons.UnsupportedFormat], Find(With(h => h["b64"] = false)).Reasons);
        Assert.Equal([Reasons.UnsupportedFormat], Find(With(h => h["alg"] = "none")).Reasons);
        Assert.Equal([Reasons.UnsupportedFormat], Find(With(h => h["alg"] = "HS256")).Reasons);
    }

    [Fact]
    public void An_algorithm_for_another_key_does_not_fit()
    {
        Assert.Equal([Reasons.SignatureMismatch], Find(With(h => h["alg"] = "ES384")).Reasons);
        Assert.Equal([Reasons.SignatureMismatch], Find(With(h => h["alg"] = "RS256")).Reasons);
    }

    [Fact]
    public void The_claimed_time_of_older_editions_is_understood()
    {
        var found = Find(With(h =>
        {
            h.Remove("iat");
            h["sigT"] = "2025-01-02T03:04:05Z";
            h["crit"] = new JsonArray("sigT");
        }));
        Assert.Equal((Indication.Valid, "JAdES.compact"), (found.Indication, found.Format));
        Assert.Equal(new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.Zero), found.ClaimedAt);
    }

    [Fact]
    public void Without_the_header_of_the_baseline_it_is_a_JWS_and_has_no_level()
    {
        var found = Find(With(h => h.Remove("x5t#S256")));
        Assert.Equal((Indication.Valid, "JWS.compact", ""), (found.Indication, found.Format, found.Level));
        Assert.Equal([Reasons.CertificateMissing], Find(With(h => h.Remove("x5c"))).Reasons);
        Assert.Equal([Reasons.MalformedSignature], Find(With(h => h["x5c"] = new JsonArray("AAAA"))).Reasons);
    }

    [Fact]
    public void A_stranger_an_expired_seal_and_what_is_none_say_so()
    {
        Assert.Equal([Reasons.UntrustedChain], Find(JadesTests.Sign(new ForeignPki("stranger").Signer)).Reasons);
        Assert.Equal([Reasons.CertificateExpired], Find(JadesTests.Sign(Pki.Signer), now: TimeProvider.System.GetUtcNow().AddYears(4)).Reasons);
        Assert.Equal([Reasons.MalformedSignature], Find("eyJ9.e30.AAAA").Reasons);
    }

    [Fact]
    public void Letters_changed_at_random_never_crash_the_validator()
    {
        var (random, jws) = (new Random(20261130), JadesTests.Sign(Pki.Signer));
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (var i = 0; i < 500; i++)
        {
            var mutant = jws.ToCharArray();
            for (var n = random.Next(1, 4); n > 0; n--)
                mutant[random.Next(i % 2 == 0 ? 200 : mutant.Length)] = Letters[random.Next(Letters.Length)];
            Find(new string(mutant));
        }
    }
}
