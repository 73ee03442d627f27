using System.Security.Cryptography;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Cryptography.Pkcs11;
using HaLong.Signatures.Pki;
using HaLong.Signatures.Tests.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Signatures.Tests.Cryptography;

/// <summary>References to keys, and what goes into tokens, without a token.</summary>
public sealed class KeyStoreTests
{
    private static readonly PkiOptions Options = new() { KeyPassword = "a password of the tests" };

    [Fact]
    public void Without_a_token_keys_are_encrypted_and_open_under_their_password_only()
    {
        var store = new KeyStore(Options);
        using var made = store.New(ECCurve.NamedCurves.nistP256);
        Assert.False(TokenKey.Is(made.Reference));
        using var opened = store.Open(made.Reference);
        Assert.True(opened.VerifyHash(new byte[32], made.Key.SignHash(new byte[32])));
        Assert.ThrowsAny<CryptographicException>(() => new KeyStore(new PkiOptions { KeyPassword = "another password" }).Open(made.Reference));
    }

    [Fact]
    public async Task An_authority_s_key_is_stretched_once_and_each_caller_gets_his_own()
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        var store = new KeyStore(Options);
        using var authorities = new Authorities(services.GetRequiredService<IServiceScopeFactory>(), store);
        using var made = store.New(ECCurve.NamedCurves.nistP384);
        using var first = authorities.OpenAuthority(made.Reference);
        first.Dispose();
        // Disposing one harms nobody else's; a hundred cost less than two that are stretched.
        for (var i = 0; i < 100; i++)
        {
            using var next = authorities.OpenAuthority(made.Reference);
            Assert.Equal(384, next.KeySize);
        }

        using var last = authorities.OpenAuthority(made.Reference);
        Assert.True(made.Key.VerifyHash(new byte[48], last.SignHash(new byte[48])));
        var damaged = made.Reference.ToArray();
        damaged[^1] ^= 1;
        Assert.Equal("SIG-0009", Assert.Throws<HaLong.ServiceDefaults.ErrorException>(() => authorities.OpenAuthority(damaged)).Error.Code);
    }

    [Fact]
    public void A_reference_to_a_token_names_id_and_public_half_and_is_no_pkcs8()
    {
        var key = new TokenKey(RandomNumberGenerator.GetBytes(16), TestPki.Default.SealKey.ExportSubjectPublicKeyInfo());
        var read = TokenKey.Read(key.Write());
        Assert.Equal(key.Id, read.Id);
        Assert.Equal(key.PublicKey, read.PublicKey);
        Assert.NotEqual(0x30, key.Write()[0]);
        Assert.Throws<CryptographicException>(() => TokenKey.Read([0x30, 1, 2]));
        Assert.Throws<CryptographicException>(() => TokenKey.Read(key.Write().AsSpan(0, 22)));
        Assert.False(TokenKey.Is([]));
    }

    [Theory]
    [InlineData("SHA256")]
    [InlineData("SHA384")]
    [InlineData("SHA512")]
    public void A_digest_info_is_what_rsa_itself_would_pad(string name)
    {
        var hash = new HashAlgorithmName(name);
        var value = CryptographicOperations.HashData(hash, [1, 2, 3]);
        // Raw RSA over the signature gives 00 01 FF … 00 DigestInfo.
        var parameters = Key.Value.ExportParameters(includePrivateParameters: false);
        var signature = Key.Value.SignHash(value, hash, RSASignaturePadding.Pkcs1);
        var padded = System.Numerics.BigInteger.ModPow(new(signature, true, true), new(parameters.Exponent, true, true), new(parameters.Modulus, true, true))
            .ToByteArray(isUnsigned: true, isBigEndian: true);
        var info = TokenEncoding.DigestInfo(hash, value);
        Assert.Equal(info, padded[^info.Length..]);
        Assert.Throws<CryptographicException>(() => TokenEncoding.DigestInfo(hash, value[1..]));
        Assert.Throws<CryptographicException>(() => TokenEncoding.DigestInfo(HashAlgorithmName.SHA1, new byte[20]));
    }

    private static readonly Lazy<RSA> Key = new(() => RSA.Create(2048));

    [Fact]
    public void Points_and_moduli_of_tokens_become_public_keys()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var q = key.ExportParameters(false).Q;
        byte[] point = [4, .. q.X!, .. q.Y!];
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), TokenEncoding.PublicKey(ECCurve.NamedCurves.nistP384, [4, (byte)point.Length, .. point]));
        Assert.Throws<CryptographicException>(() => TokenEncoding.PublicKey(ECCurve.NamedCurves.nistP384, [4, 2, 2, 1]));
        Assert.ThrowsAny<Exception>(() => TokenEncoding.PublicKey(ECCurve.NamedCurves.nistP384, point[1..]));
        var rsa = Key.Value.ExportParameters(false);
        Assert.Equal(Key.Value.ExportSubjectPublicKeyInfo(), TokenEncoding.PublicKey(rsa.Modulus!, rsa.Exponent!));
        Assert.Equal("06082A8648CE3D030107", Convert.ToHexString(TokenEncoding.CurveOf(ECCurve.NamedCurves.nistP256)));
        Assert.Throws<CryptographicException>(() => TokenEncoding.CurveOf(default));
    }
}
