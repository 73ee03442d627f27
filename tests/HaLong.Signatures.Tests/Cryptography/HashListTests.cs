using System.Security.Cryptography;
using System.Text;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Cryptography.Pkcs11;
using HaLong.Signatures.Tests.Tools;

namespace HaLong.Signatures.Tests.Cryptography;

/// <summary>What a person agrees to, recomputed octet by octet; and references to keys in tokens where there is no token.</summary>
public sealed class HashListTests
{
    private static byte[] Filled(int length, byte value) => [.. Enumerable.Repeat(value, length)];

    [Fact]
    public void The_digest_is_over_algorithm_number_and_each_hash_with_its_length()
    {
        byte[] expected = [.. "1.2.840.10045.4.3.2\n"u8, 0, 0, 0, 2, 0, 0, 0, 32, .. Filled(32, 1), 0, 0, 0, 32, .. Filled(32, 2)];
        Assert.Equal(SHA256.HashData(expected), HashList.Digest([Filled(32, 1), Filled(32, 2)], SignatureAlgorithm.EcdsaSha256));
        Assert.Equal(SHA256.HashData([.. Encoding.ASCII.GetBytes(SignatureAlgorithm.RsaSha512.Oid + "\n"), 0, 0, 0, 1, 0, 0, 0, 64, .. Filled(64, 9)]),
            HashList.Digest([Filled(64, 9)], SignatureAlgorithm.RsaSha512));
        Assert.Equal(SHA256.HashData([.. "1.2.840.10045.4.3.2\n"u8, 0, 0, 0, 0]), HashList.Digest([], SignatureAlgorithm.EcdsaSha256));
    }

    [Fact]
    public void Whatever_is_changed_is_another_digest()
    {
        byte[] a = Filled(32, 1), b = Filled(32, 2);
        byte[][][] lists = [[a, b], [b, a], [a], [b], [a, a], [a, b, b], [[.. a, .. b]], [[.. a, .. b.AsSpan(0, 31)], [b[31]]], []];
        var digests = lists.SelectMany(l => SignatureAlgorithm.All.Select(s => Convert.ToHexString(HashList.Digest(l, s)))).ToList();
        Assert.Equal(digests.Count, digests.Distinct().Count());
        Assert.Equal(lists.Length * 6, digests.Count);
    }

    [Theory]
    [InlineData("00000000FFFF", "00000000")]
    [InlineData("DEADBEEF00", "DEADBEEF")]
    [InlineData("0a1b2c3d", "0A1B2C3D")]
    public void The_mark_is_the_first_eight_letters(string digest, string mark) => Assert.Equal(mark, HashList.Mark(Convert.FromHexString(digest)));

    [Theory]
    [InlineData(0, 32, false)]
    [InlineData(1, 32, true)]
    [InlineData(200, 32, true)]
    [InlineData(201, 32, false)]
    [InlineData(1, 31, false)]
    [InlineData(1, 33, false)]
    [InlineData(1, 0, false)]
    public void An_order_has_1_to_200_hashes_of_one_length(int count, int length, bool valid) =>
        Assert.Equal(valid, HashList.IsValid([.. Enumerable.Repeat(Filled(length, 1), count)], SignatureAlgorithm.EcdsaSha256));

    [Fact]
    public void The_length_is_that_of_the_algorithm_s_hash()
    {
        foreach (var algorithm in SignatureAlgorithm.All)
        {
            var right = CryptographicOperations.HashData(algorithm.Hash, [1]).Length;
            Assert.All(new[] { 20, 32, 48, 64 }, length => Assert.Equal(length == right, HashList.IsValid([Filled(length, 1)], algorithm)));
        }

        Assert.False(HashList.IsValid([Filled(32, 1), Filled(48, 1)], SignatureAlgorithm.EcdsaSha256));
    }

    private static byte[] Reference => new TokenKey(Filled(16, 7), TestPki.Default.SealKey.ExportSubjectPublicKeyInfo()).Write();

    [Fact]
    public void A_reference_is_a_mark_an_id_and_the_public_half()
    {
        Assert.Equal([.. "HLP11\x01"u8, .. Filled(16, 7), .. TestPki.Default.SealKey.ExportSubjectPublicKeyInfo()], Reference);
        // Another version of the mark, a shorter one, one without a key.
        foreach (var wrong in new[] { [.. "HLP11\x02"u8, .. Reference.AsSpan(6)], Reference[..5], Reference[..6], Reference[..22], [] })
            Assert.Throws<CryptographicException>(() => TokenKey.Read(wrong));
        Assert.Single(TokenKey.Read(Reference.AsSpan(0, 23)).PublicKey);
    }

    [Fact]
    public void Without_a_token_a_reference_into_one_opens_nothing_and_what_is_no_reference_is_an_error_of_its_own()
    {
        var store = new KeyStore(new PkiOptions { KeyPassword = "a password of the tests" });
        Assert.True(store.IsReady);
        Assert.Equal("SIG-0435", Assert.Throws<ErrorException>(() => store.Open(Reference)).Error.Code);
        foreach (var damaged in new byte[][] { [], [0x30], [0x30, 0x80, 0, 0], RandomNumberGenerator.GetBytes(64), "HLP1"u8.ToArray() })
            Assert.ThrowsAny<CryptographicException>(() => store.Open(damaged));
    }

    [Theory]
    [InlineData("", "", "", true, false)]
    [InlineData("", "label", "pin", true, false)]
    [InlineData("lib.so", "label", "pin", true, true)]
    [InlineData("lib.so", "", "pin", false, true)]
    [InlineData("lib.so", "label", "", false, true)]
    public void A_token_is_configured_whole_or_not_at_all(string library, string label, string pin, bool whole, bool on)
    {
        var options = new TokenOptions { Library = library, Label = label, Pin = pin };
        Assert.Equal((whole, on), (options.IsWhole, options.IsOn));
    }

    [Fact]
    public void A_library_that_is_not_there_is_a_token_that_is_away()
    {
        var token = new Token(new TokenOptions { Library = "/nowhere/at/all.so", Label = "x", Pin = "y" });
        Assert.False(token.IsReady());
        foreach (var use in new Action[] { () => token.NewElliptic(ECCurve.NamedCurves.nistP256), () => token.NewRsa(2048),
            () => token.Sign(TokenKey.Read(Reference), default, []) })
        {
            var away = Assert.Throws<ErrorException>(use);
            Assert.Equal(("SIG-0435", ErrorKind.Unavailable, 30), (away.Error.Code, away.Error.Kind, away.Error.RetryAfterSeconds));
        }
    }

    [Fact]
    public void A_key_in_a_token_shows_its_public_half_and_nothing_more()
    {
        var key = TokenKey.Read(Reference);
        using var elliptic = new TokenEcdsa(new Token(new TokenOptions()), key);
        Assert.Equal(256, elliptic.KeySize);
        Assert.Equal(TestPki.Default.SealKey.ExportSubjectPublicKeyInfo(), elliptic.ExportSubjectPublicKeyInfo());
        Assert.Throws<CryptographicException>(() => elliptic.ExportParameters(includePrivateParameters: true));
        Assert.ThrowsAny<CryptographicException>(() => elliptic.ExportPkcs8PrivateKey());
        // It checks without a token.
        var hash = SHA256.HashData([1]);
        Assert.True(elliptic.VerifyHash(hash, TestPki.Default.SealKey.SignHash(hash)));
        Assert.True(elliptic.VerifyData(new byte[] { 1 }, TestPki.Default.SealKey.SignHash(hash), HashAlgorithmName.SHA256));
        Assert.False(elliptic.VerifyHash(SHA256.HashData([2]), TestPki.Default.SealKey.SignHash(hash)));
    }
}
