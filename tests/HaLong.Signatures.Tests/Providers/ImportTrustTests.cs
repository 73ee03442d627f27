using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Providers.Imported;
using HaLong.Signatures.Tests.Tools;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Tests.Providers;

/// <summary>Which certificates of officers are relied on, and what becomes of one that its authority revokes later.</summary>
[Collection(ProviderGroup.Name)]
public sealed class ImportTrustTests(ProviderFixture fixture) : IAsyncLifetime
{
    private const string Path = "/api/v1/me/imported-certificates";
    private static readonly Lazy<RSA> Rsa = new(() => RSA.Create(2048));
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await fixture.ClearAsync();

    public ValueTask DisposeAsync()
    {
        key.Dispose();
        return ValueTask.CompletedTask;
    }

    private static ImportTrust Trust(params X509Certificate2[] roots)
    {
        var options = new ProviderOptions();
        foreach (var root in roots)
            options.Imported.Roots.Add(root.ExportCertificatePem());
        return new ImportTrust(Options.Create(options), new RevocationLookup(null!, Options.Create(options), TimeProvider.System), TimeProvider.System);
    }

    private async Task<string> CodeAsync(string? text, params X509Certificate2[] roots)
    {
        var found = await Trust(roots.Length > 0 ? roots : [fixture.Officers.Root]).CheckAsync(text, Ct);
        return found.IsSuccess ? "" : found.Error.Code;
    }

    // Certified by an authority of the test itself: signatures and chains that the usual helper does not make.
    private static X509Certificate2 Issue(X509Certificate2 issuer, X509SignatureGenerator by, AsymmetricAlgorithm key, HashAlgorithmName hash,
        bool authority = false)
    {
        var name = new X500DistinguishedName("CN=" + (authority ? "Trung gian" : "Cán bộ") + ", C=VN");
        var request = key is RSA rsa ? new CertificateRequest(name, rsa, hash, RSASignaturePadding.Pkcs1) : new CertificateRequest(name, (ECDsa)key, hash);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(authority ? X509KeyUsageFlags.KeyCertSign : X509KeyUsageFlags.NonRepudiation, true));
        return request.Create(issuer.SubjectName, by, issuer.NotBefore, issuer.NotAfter, [0x51, .. RandomNumberGenerator.GetBytes(8)]);
    }

    private static X509Certificate2 NewRoot(RSA key)
    {
        var request = new CertificateRequest("CN=Gốc RSA, C=VN", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(100));
    }

    [Fact]
    public async Task What_is_no_certificate_or_too_many_is_not_read()
    {
        using var certificate = fixture.Officers.Certify(key);
        var pem = certificate.ExportCertificatePem();
        Assert.Equal("", await CodeAsync(pem));
        Assert.Equal("", await CodeAsync(Convert.ToBase64String(certificate.RawData, Base64FormattingOptions.InsertLineBreaks)));
        foreach (var text in new[]
        {
            null, "", " ", "không phải chứng thư", "-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----",
            key.ExportSubjectPublicKeyInfoPem(), key.ExportPkcs8PrivateKeyPem(), Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()),
            string.Join('\n', Enumerable.Repeat(pem, 9)), pem + new string('\n', 64 * 1024),
        })
            Assert.Equal("SIG-0421", await CodeAsync(text));
    }

    [Fact]
    public async Task A_chain_is_followed_by_signatures_to_a_configured_root_and_each_link_is_strong()
    {
        using var root = NewRoot(Rsa.Value);
        var byRoot = X509SignatureGenerator.CreateForRSA(Rsa.Value, RSASignaturePadding.Pkcs1);
        using var middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var middle = Issue(root, byRoot, middleKey, HashAlgorithmName.SHA256, authority: true);
        using var officer = Issue(middle, X509SignatureGenerator.CreateForECDsa(middleKey), key, HashAlgorithmName.SHA256);
        var both = officer.ExportCertificatePem() + "\n" + middle.ExportCertificatePem();
        var found = (await Trust(root).CheckAsync(both, Ct)).Value;
        Assert.Equal([officer.RawData, middle.RawData, root.RawData], found.Chain);
        Assert.False(found.RevocationKnown);
        // The link in the middle is missing; the root is brought along instead of being configured; nothing is configured.
        Assert.Equal("SIG-0422", await CodeAsync(officer.ExportCertificatePem(), root));
        Assert.Equal("SIG-0422", await CodeAsync(both + "\n" + root.ExportCertificatePem()));
        var none = await new ImportTrust(Options.Create(new ProviderOptions()), null!, TimeProvider.System).CheckAsync(both, Ct);
        Assert.Equal("SIG-0422", none.Error.Code);
    }

    [Fact]
    public async Task Signatures_by_rules_that_are_not_on_the_list_are_weak_anywhere_below_the_root()
    {
        using var root = NewRoot(Rsa.Value);
        using var byPss = Issue(root, X509SignatureGenerator.CreateForRSA(Rsa.Value, RSASignaturePadding.Pss), key, HashAlgorithmName.SHA256);
        Assert.Equal("SIG-0425", await CodeAsync(byPss.ExportCertificatePem(), root));
        using var bySha512 = Issue(root, X509SignatureGenerator.CreateForRSA(Rsa.Value, RSASignaturePadding.Pkcs1), key, HashAlgorithmName.SHA512);
        Assert.Equal("", await CodeAsync(bySha512.ExportCertificatePem(), root));
        using var middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var middle = Issue(root, X509SignatureGenerator.CreateForRSA(Rsa.Value, RSASignaturePadding.Pss), middleKey, HashAlgorithmName.SHA256,
            authority: true);
        using var officer = Issue(middle, X509SignatureGenerator.CreateForECDsa(middleKey), key, HashAlgorithmName.SHA256);
        Assert.Equal("SIG-0425", await CodeAsync(officer.ExportCertificatePem() + "\n" + middle.ExportCertificatePem(), root));
    }

    [Fact]
    public async Task The_first_fault_of_several_is_told()
    {
        using var others = new TestOfficers();
        using var expiredStranger = others.Certify(key, X509KeyUsageFlags.KeyEncipherment, from: -20, until: -1);
        Assert.Equal("SIG-0422", await CodeAsync(expiredStranger.ExportCertificatePem()));
        using var expired = fixture.Officers.Certify(key, X509KeyUsageFlags.KeyEncipherment, from: -20, until: -1);
        Assert.Equal("SIG-0423", await CodeAsync(expired.ExportCertificatePem()));
        using var signs = fixture.Officers.Certify(key, X509KeyUsageFlags.DigitalSignature);
        Assert.Equal("", await CodeAsync(signs.ExportCertificatePem()));
    }

    [Fact]
    public async Task Revoked_by_its_authority_it_signs_no_more_and_is_not_taken_again()
    {
        byte[]? list = fixture.Officers.List(null, until: 30);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var authority = builder.Build();
        authority.MapGet("/list.crl", () => Results.Bytes(list));
        await authority.StartAsync(Ct);
        var hosts = fixture.Service.Services.GetRequiredService<IOptions<ProviderOptions>>().Value.Imported.ListHosts;
        hosts.Add("127.0.0.1");
        try
        {
            var account = Guid.CreateVersion7();
            using var client = fixture.Service.Client(fixture.Identity.Token(account, [Roles.Officer], "06700", strong: true));
            using var certificate = fixture.Officers.Certify(key, list: authority.Urls.First() + "/list.crl");
            var challenge = await PostAsync(client, "/challenges", new { certificate = certificate.ExportCertificatePem() });
            var proof = key.SignData(challenge.GetProperty("data").GetBytesFromBase64(), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            var registered = await PostAsync(client, "", new { challengeId = challenge.GetProperty("id").GetGuid(), signature = proof });
            Assert.True(registered.GetProperty("revocationKnown").GetBoolean(), registered.ToString());

            var imported = fixture.Provider("imported");
            var credential = Assert.Single((await imported.ListAsync(new SignerIdentity(account), Ct)).Value);
            var order = ProviderFixture.Order(new SignerIdentity(account), credential.Id, credential.Algorithm);
            Assert.True((await imported.BeginAsync(order, Ct)).IsSuccess);
            list = fixture.Officers.List(certificate, until: 30);
            // The list is asked anew when the one that is kept is older than ten minutes.
            fixture.Time.Shift = TimeSpan.FromMinutes(11);
            var signatures = new SignerProof("", "") { Signatures = [key.SignHash(order.Hashes[0], DSASignatureFormat.Rfc3279DerSequence)] };
            Assert.Equal("SIG-0409", (await imported.SignAsync(order, signatures, Ct)).Error.Code);
            Assert.Equal(HashState.Pending, (await imported.AskAsync(order, Ct)).Value.State);
            var again = await PostAsync(client, "/challenges", new { certificate = certificate.ExportCertificatePem() });
            Assert.Equal("SIG-0426", again.GetProperty("code").GetString());
        }
        finally
        {
            hosts.Remove("127.0.0.1");
        }
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(Path + path, body, Ct);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    [Fact]
    public async Task A_registration_that_is_not_there_or_not_one_s_own_has_one_code()
    {
        using var client = fixture.Service.Client(fixture.Identity.Token(Guid.CreateVersion7(), [Roles.Leader], "06700", strong: true));
        var id = Guid.CreateVersion7();
        foreach (var (method, path) in new[] { (HttpMethod.Get, $"{Path}/{id}"), (HttpMethod.Delete, $"{Path}/{id}"),
            (HttpMethod.Get, $"/api/v1/admin/imported-certificates/{id}/changes") })
        {
            using var request = new HttpRequestMessage(method, path);
            using var answer = await client.SendAsync(request, Ct);
            var code = (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString();
            Assert.Equal((HttpStatusCode.NotFound, "SIG-0430"), (answer.StatusCode, code));
        }
    }

    [Fact]
    public void The_history_says_what_who_and_when()
    {
        var registered = ImportedCertificate.Register(Guid.CreateVersion7(), "06658", [TestPki.Default.Seal.RawData], true, TestPki.Now);
        var actor = Guid.CreateVersion7();
        foreach (var move in Enum.GetValues<ImportedMove>())
        {
            var change = ImportedChange.Of(registered, move, actor, TestPki.Now);
            Assert.Equal((registered.Id, move, actor, TestPki.Now), (change.CertificateId, change.Move, change.ActorId, change.OccurredAt));
        }

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(TestPki.Default.Seal.RawData)), registered.Fingerprint);
        Assert.True(registered.RevocationKnown);
    }
}
