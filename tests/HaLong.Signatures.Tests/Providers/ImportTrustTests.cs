using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Providers.Imported;
using HaLong.Signatures.Tests.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Signatures.Tests.Providers;

/// <summary>Which certificates of officers are relied on, and what becomes of one that its authority revokes later.</summary>
[Collection(ProviderGroup.Name)]
public sealed class ImportTrustTests(ProviderFixture fixture) : IAsyncLifetime
{
    private const string Path = "/api/v1/me/imported-certificates";
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await fixture.ClearAsync();

    public ValueTask DisposeAsync()
    {
        key.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> CodeAsync(string? text)
    {
        var found = await fixture.Service.Services.GetRequiredService<ImportTrust>().CheckAsync(text, Ct);
        return found.IsSuccess ? "" : found.Error.Code;
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
