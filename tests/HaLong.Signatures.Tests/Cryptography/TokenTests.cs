using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Cryptography.Pkcs11;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.V1;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace HaLong.Signatures.Tests.Cryptography;

/// <summary>Keys that are made in a token, stay there, and sign there.</summary>
[Collection("token")]
public sealed class TokenTests(Servers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static PkiOptions Options(TokenOptions? token = null) =>
        new() { KeyPassword = SignatureFixture.KeyPassword, Organisation = SignatureFixture.Options.Organisation, Token = token ?? SoftToken.Options };

    private static TokenOptions With(string? library = null, string? label = null, string? pin = null) =>
        new() { Library = library ?? SoftToken.Options.Library, Label = label ?? SoftToken.Options.Label, Pin = pin ?? SoftToken.Options.Pin };

    public static TheoryData<string, string> Curves => new() { { "nistP256", "SHA256" }, { "nistP384", "SHA384" } };

    [Theory]
    [MemberData(nameof(Curves))]
    public void A_key_on_a_curve_signs_hashes_and_data_and_never_leaves(string curve, string hash)
    {
        var store = new KeyStore(Options());
        using var made = store.New(ECCurve.CreateFromFriendlyName(curve));
        using var opened = store.Open(made.Reference);
        var (data, algorithm) = (RandomNumberGenerator.GetBytes(100), new HashAlgorithmName(hash));
        using var known = ECDsa.Create();
        known.ImportSubjectPublicKeyInfo(opened.ExportSubjectPublicKeyInfo(), out _);
        Assert.True(known.VerifyData(data, opened.SignData(data, algorithm), algorithm));
        Assert.True(known.VerifyData(data, opened.SignData(data, algorithm, DSASignatureFormat.Rfc3279DerSequence), algorithm, DSASignatureFormat.Rfc3279DerSequence));
        Assert.True(opened.VerifyData(data, made.Key.SignData(data, algorithm), algorithm));
        Assert.Throws<CryptographicException>(() => opened.ExportParameters(includePrivateParameters: true));
        Assert.ThrowsAny<Exception>(() => opened.ExportPkcs8PrivateKey());
        Assert.True(TokenKey.Is(made.Reference));
        Assert.Equal(known.KeySize, opened.KeySize);
        // What is kept is the id and the public half.
        Assert.Equal(made.Reference.Length - 22, TokenKey.Read(made.Reference).PublicKey.Length);
    }

    [Fact]
    public void The_signing_key_of_the_service_takes_it_like_any_other()
    {
        var store = new KeyStore(Options());
        using var made = store.New(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=token", made.Key, HashAlgorithmName.SHA256);
        using var certificate = request.Create(request.SubjectName, X509SignatureGenerator.CreateForECDsa(made.Key), TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow().AddDays(1), [1]);
        using var key = SigningKey.Of(store.Open(made.Reference), certificate);
        var hash = SHA256.HashData([1]);
        using var known = certificate.GetECDsaPublicKey()!;
        Assert.True(known.VerifyHash(hash, key.SignHash(hash), DSASignatureFormat.Rfc3279DerSequence));
    }

    [Theory]
    [InlineData("SHA256")]
    [InlineData("SHA384")]
    [InlineData("SHA512")]
    public void An_rsa_key_signs_by_digest_info(string name)
    {
        var token = new Token(SoftToken.Options);
        using var rsa = new TokenRsa(token, Rsa.Value);
        var (hash, data) = (new HashAlgorithmName(name), RandomNumberGenerator.GetBytes(50));
        using var known = RSA.Create();
        known.ImportSubjectPublicKeyInfo(Rsa.Value.PublicKey, out _);
        var signature = rsa.SignData(data, hash, RSASignaturePadding.Pkcs1);
        Assert.True(known.VerifyData(data, signature, hash, RSASignaturePadding.Pkcs1));
        Assert.True(rsa.VerifyData(data, signature, hash, RSASignaturePadding.Pkcs1));
        Assert.Equal(2048, rsa.KeySize);
        Assert.Throws<CryptographicException>(() => rsa.SignData(data, hash, RSASignaturePadding.Pss));
        Assert.Throws<CryptographicException>(() => rsa.SignHash(new byte[20], HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1));
        Assert.Throws<CryptographicException>(() => rsa.ExportParameters(includePrivateParameters: true));
        Assert.Throws<CryptographicException>(() => rsa.ImportParameters(known.ExportParameters(false)));
    }

    private static readonly Lazy<TokenKey> Rsa = new(() => new Token(SoftToken.Options).NewRsa(2048));

    [Fact]
    public async Task Sessions_are_opened_again_after_the_token_was_pulled_also_under_load()
    {
        var token = new Token(SoftToken.Options);
        using var key = new TokenEcdsa(token, token.NewElliptic(ECCurve.NamedCurves.nistP256));
        var hash = SHA256.HashData([1]);
        var factories = new Pkcs11InteropFactories();
        // The same library in the same process: closing all sessions there pulls the token from under ours.
        var slot = factories.Pkcs11LibraryFactory.LoadPkcs11Library(factories, SoftToken.Options.Library, AppType.MultiThreaded)
            .GetSlotList(SlotsType.WithTokenPresent).Find(s => s.GetTokenInfo().Label.Trim() == SoftToken.Label)!;
        for (var i = 0; i < 3; i++)
        {
            var signed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => key.SignHash(hash), Ct)));
            Assert.All(signed, s => Assert.True(key.VerifyHash(hash, s)));
            slot.CloseAllSessions();
        }

        Assert.True(token.IsReady());
    }

    [Fact]
    public void What_is_not_in_the_token_is_never_signed_by_software()
    {
        var store = new KeyStore(Options());
        using var made = store.New(ECCurve.NamedCurves.nistP256);
        using var unknown = new TokenEcdsa(new Token(SoftToken.Options), new TokenKey(new byte[16], TokenKey.Read(made.Reference).PublicKey));
        Assert.Equal("SIG-0435", Assert.Throws<ErrorException>(() => unknown.SignHash(new byte[32])).Error.Code);
        // A token is named in the database, and none is configured.
        var without = new KeyStore(new PkiOptions { KeyPassword = SignatureFixture.KeyPassword });
        Assert.Equal("SIG-0435", Assert.Throws<ErrorException>(() => without.Open(made.Reference)).Error.Code);
        Assert.True(without.IsReady);
        Assert.Throws<CryptographicException>(() => store.Open("HLP11\x01short"u8));
        // What was encrypted before there was a token still opens.
        using var older = without.New(ECCurve.NamedCurves.nistP256);
        using var opened = store.Open(older.Reference);
        Assert.Equal(older.Key.ExportSubjectPublicKeyInfo(), opened.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public async Task A_token_that_is_away_or_refuses_shows_in_health_and_makes_no_key()
    {
        foreach (var token in new[] { With(label: "another"), With(library: "/nowhere/lib.so"), With(label: SoftToken.NeverOpened, pin: "wrong pin") })
        {
            var store = new KeyStore(Options(token));
            Assert.Equal("SIG-0435", Assert.Throws<ErrorException>(() => store.New(ECCurve.NamedCurves.nistP256)).Error.Code);
            Assert.Equal(HealthStatus.Unhealthy, (await HealthAsync(store)).Status);
        }

        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(new KeyStore(Options()))).Status);
        Assert.False(new TokenOptions { Library = "x", Label = "y" }.IsWhole);
    }

    private static Task<HealthCheckResult> HealthAsync(KeyStore store)
    {
        var health = new TokenHealth(store);
        return health.CheckHealthAsync(new HealthCheckContext { Registration = new HealthCheckRegistration("token", health, HealthStatus.Unhealthy, null) }, Ct);
    }

    [Fact]
    public async Task Authorities_responders_and_seals_live_in_the_token_and_what_they_sign_is_valid()
    {
        var connection = await servers.CreateDatabaseAsync<TokenContext>(async c =>
        {
            await using var db = new SignatureDbContext(new DbContextOptionsBuilder<SignatureDbContext>().UseNpgsql(c).UseSnakeCaseNamingConvention().Options);
            await db.Database.MigrateAsync();
        });
        await using (var db = new SignatureDbContext(new DbContextOptionsBuilder<SignatureDbContext>().UseNpgsql(connection).UseSnakeCaseNamingConvention().Options))
            await PrepareAuthorities.RunAsync(db, Options(), TimeProvider.System.GetUtcNow(), Ct);
        await using var identity = await TestIdentity.StartAsync();
        await using var service = await new ServiceFactory<Program>(servers, identity).WithSetting("ConnectionStrings:signature-db", connection)
            .WithSetting("Pki:KeyPassword", SignatureFixture.KeyPassword).WithSetting("Pki:Token:Library", SoftToken.Options.Library)
            .WithSetting("Pki:Token:Label", SoftToken.Options.Label).WithSetting("Pki:Token:Pin", SoftToken.Options.Pin)
            .WithSetting("TimeStamps:TimeoutSeconds", "30").StartAsync();

        var signing = new Neighbour(service.Grpc(identity.ServiceToken("dossier")));
        var signed = await signing.SignPdfAsync(SignatureFixture.Request(SamplePdfs.Table()));
        Assert.Equal("VALID", (await signing.ValidatePdfAsync(new ValidatePdfRequest { Pdf = signed.SignedPdf })).Indication);
        var (authorities, seals) = await service.InScopeAsync<SignatureDbContext, (List<Authority>, List<Credential>)>(async db =>
            (await db.Authorities.ToListAsync(Ct), await db.Credentials.ToListAsync(Ct)));
        Assert.Equal(4, authorities.Count);
        Assert.All(authorities, a => Assert.True(TokenKey.Is(a.EncryptedKey)));
        Assert.True(TokenKey.Is(Assert.Single(seals).EncryptedKey));
    }

    private sealed class TokenContext(DbContextOptions<TokenContext> options) : DbContext(options);
}
