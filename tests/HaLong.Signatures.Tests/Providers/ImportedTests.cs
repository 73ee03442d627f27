using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Validation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaLong.Signatures.Tests.Providers;

/// <summary>An officer's certificate on a token of his own: shown, proven, used, taken back. The key here stands for the token; the service never gets it.</summary>
[Collection(ProviderGroup.Name)]
public sealed class ImportedTests(ProviderFixture fixture) : IAsyncLifetime
{
    private const string Path = "/api/v1/me/imported-certificates";
    private const string Unit = "06700";
    private static readonly Lazy<RSA> Rsa = new(() => RSA.Create(2048));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ISigningProvider Imported => fixture.Provider("imported");

    public async ValueTask InitializeAsync() => await fixture.ClearAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private HttpClient As(Guid account, string role = Roles.Approver, string unit = Unit, bool strong = true) =>
        fixture.Service.Client(fixture.Identity.Token(account, [role], unit, strong: strong));

    private static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(Path + path, body, Ct);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Ct));
    }

    private static string Code(JsonElement body) => body.GetProperty("code").GetString()!;

    private static byte[] Sign(ECDsa key, byte[] data) => key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    private async Task<Guid> RegisterAsync(HttpClient client, ECDsa key, X509Certificate2? certificate = null)
    {
        using var own = certificate ?? fixture.Officers.Certify(key);
        var (asked, challenge) = await PostAsync(client, "/challenges", new { certificate = own.ExportCertificatePem() });
        Assert.Equal(HttpStatusCode.Created, asked);
        var (status, body) = await PostAsync(client, "", new { challengeId = challenge.GetProperty("id").GetGuid(), signature = Sign(key, challenge.GetProperty("data").GetBytesFromBase64()) });
        Assert.True(status == HttpStatusCode.Created, body.ToString());
        return body.GetProperty("id").GetGuid();
    }

    [Fact]
    public async Task An_officer_registers_by_signing_a_challenge_signs_hashes_and_takes_the_certificate_back()
    {
        using var key = NewKey();
        var account = Guid.CreateVersion7();
        using var client = As(account);
        var id = await RegisterAsync(client, key);
        var credential = (await Imported.ListAsync(new SignerIdentity(account), Ct)).Value.Single();
        Assert.Equal((id.ToString(), SignerNeeds.Signatures, 2), (credential.Id, credential.Needs, credential.Chain.Count));

        var order = ProviderFixture.Order(new SignerIdentity(account), credential.Id, credential.Algorithm, hashes: 3);
        var step = (await Imported.BeginAsync(order, Ct)).Value;
        Assert.Equal(order.Hashes, step.HashesToSign);
        Assert.Equal(HashState.Pending, (await Imported.AskAsync(order, Ct)).Value.State);
        var made = step.HashesToSign.Select(h => key.SignHash(h, DSASignatureFormat.Rfc3279DerSequence)).ToList();
        Assert.Equal("SIG-0431", (await Imported.SignAsync(order, new SignerProof("", "") { Signatures = made[..2] }, Ct)).Error.Code);
        Assert.Equal("SIG-0432", (await Imported.SignAsync(order, new SignerProof("", "") { Signatures = [made[1], made[0], made[2]] }, Ct)).Error.Code);
        var outcome = (await Imported.SignAsync(order, new SignerProof("", "") { Signatures = made }, Ct)).Value;
        Assert.Equal(HashState.Signed, outcome.State);
        Assert.Equal(made, outcome.Signatures);
        Assert.Equal(made, (await Imported.SignAsync(order, new SignerProof("", ""), Ct)).Value.Signatures);

        using var seen = await client.GetAsync($"{Path}/{id}", Ct);
        using var stale = new HttpRequestMessage(HttpMethod.Delete, $"{Path}/{id}");
        stale.Headers.IfMatch.Add(EntityTagHeaderValue.Parse("\"1\""));
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await client.SendAsync(stale, Ct)).StatusCode);
        using var remove = new HttpRequestMessage(HttpMethod.Delete, $"{Path}/{id}");
        remove.Headers.IfMatch.Add(seen.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NoContent, (await client.SendAsync(remove, Ct)).StatusCode);
        Assert.Empty((await Imported.ListAsync(new SignerIdentity(account), Ct)).Value);
        Assert.Equal("SIG-0409", (await Imported.BeginAsync(order with { Id = Guid.CreateVersion7() }, Ct)).Error.Code);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"{Path}/{id}", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.DeleteAsync(new Uri($"{Path}/{id}", UriKind.Relative), Ct)).StatusCode);
        // And registers it again.
        await RegisterAsync(client, key);
    }

    [Fact]
    public async Task Orders_of_others_expired_ones_and_wrong_ones_sign_nothing()
    {
        using var key = NewKey();
        var account = Guid.CreateVersion7();
        using var client = As(account);
        var id = await RegisterAsync(client, key);
        var order = ProviderFixture.Order(new SignerIdentity(account), id.ToString(), SignatureAlgorithm.EcdsaSha256);
        Assert.Equal("SIG-0410", (await Imported.BeginAsync(order with { Signer = new SignerIdentity(Guid.CreateVersion7()) }, Ct)).Error.Code);
        Assert.Equal("SIG-0410", (await Imported.BeginAsync(order with { CredentialId = "x" }, Ct)).Error.Code);
        Assert.Equal("SIG-0416", (await Imported.BeginAsync(order with { Hashes = [] }, Ct)).Error.Code);
        Assert.Equal("SIG-0417", (await Imported.BeginAsync(order with { Algorithm = SignatureAlgorithm.RsaSha256 }, Ct)).Error.Code);
        Assert.Equal("SIG-0418", (await Imported.SignAsync(order, new SignerProof("", ""), Ct)).Error.Code);
        Assert.Equal("SIG-0418", (await Imported.AskAsync(order, Ct)).Error.Code);
        Assert.True((await Imported.BeginAsync(order, Ct)).IsSuccess);
        fixture.Time.Shift = TimeSpan.FromMinutes(16);
        var late = (await Imported.SignAsync(order, new SignerProof("", "") { Signatures = [key.SignHash(order.Hashes[0], DSASignatureFormat.Rfc3279DerSequence)] }, Ct)).Value;
        Assert.Equal((HashState.Expired, "EXPIRED"), (late.State, late.Code));
        Assert.Equal(HashState.Expired, (await Imported.AskAsync(order, Ct)).Value.State);
    }

    [Fact]
    public async Task A_challenge_is_good_once_for_its_owner_and_for_five_minutes()
    {
        using var key = NewKey();
        using var certificate = fixture.Officers.Certify(key);
        var account = Guid.CreateVersion7();
        using var client = As(account);
        async Task<(Guid Id, byte[] Data)> ChallengeAsync()
        {
            var (_, c) = await PostAsync(client, "/challenges", new { certificate = Convert.ToBase64String(certificate.RawData) });
            Assert.Equal(SHA256.HashData(c.GetProperty("data").GetBytesFromBase64()), c.GetProperty("hash").GetBytesFromBase64());
            return (c.GetProperty("id").GetGuid(), c.GetProperty("data").GetBytesFromBase64());
        }

        using var stranger = NewKey();
        var first = await ChallengeAsync();
        var wrong = await PostAsync(client, "", new { challengeId = first.Id, signature = Sign(stranger, first.Data) });
        Assert.Equal((HttpStatusCode.Forbidden, "SIG-0427"), (wrong.Status, Code(wrong.Body)));
        // Used up by the wrong proof.
        Assert.Equal("SIG-0428", Code((await PostAsync(client, "", new { challengeId = first.Id, signature = Sign(key, first.Data) })).Body));
        var second = await ChallengeAsync();
        Assert.Equal("SIG-0428", Code((await PostAsync(As(Guid.CreateVersion7()), "", new { challengeId = second.Id, signature = Sign(key, second.Data) })).Body));
        Assert.Equal("SIG-0427", Code((await PostAsync(client, "", new { challengeId = second.Id, signature = "not base64!" })).Body));
        Assert.Equal("SIG-0428", Code((await PostAsync(client, "", new { challengeId = Guid.CreateVersion7(), signature = "AA==" })).Body));
        var third = await ChallengeAsync();
        fixture.Time.Shift = TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1);
        Assert.Equal("SIG-0428", Code((await PostAsync(client, "", new { challengeId = third.Id, signature = Sign(key, third.Data) })).Body));
        fixture.Time.Shift = TimeSpan.Zero;

        // Two challenges for one certificate: the second registration finds it taken, and so does a third person.
        var (fourth, fifth) = (await ChallengeAsync(), await ChallengeAsync());
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(client, "", new { challengeId = fourth.Id, signature = Sign(key, fourth.Data) })).Status);
        var again = await PostAsync(client, "", new { challengeId = fifth.Id, signature = Sign(key, fifth.Data) });
        Assert.Equal((HttpStatusCode.Conflict, "SIG-0429"), (again.Status, Code(again.Body)));
        Assert.Equal("SIG-0429", Code((await PostAsync(As(Guid.CreateVersion7()), "/challenges", new { certificate = certificate.ExportCertificatePem() })).Body));
    }

    [Fact]
    public async Task An_rsa_token_proves_and_signs_too()
    {
        using var certificate = fixture.Officers.Certify(Rsa.Value);
        var account = Guid.CreateVersion7();
        using var client = As(account);
        var (_, challenge) = await PostAsync(client, "/challenges", new { certificate = certificate.ExportCertificatePem() });
        var proof = Rsa.Value.SignHash(challenge.GetProperty("hash").GetBytesFromBase64(), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(client, "", new { challengeId = challenge.GetProperty("id").GetGuid(), signature = proof })).Status);
        var credential = (await Imported.ListAsync(new SignerIdentity(account), Ct)).Value.Single();
        var order = ProviderFixture.Order(new SignerIdentity(account), credential.Id, credential.Algorithm);
        await Imported.BeginAsync(order, Ct);
        var signature = Rsa.Value.SignHash(order.Hashes[0], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Assert.Equal(HashState.Signed, (await Imported.SignAsync(order, new SignerProof("", "") { Signatures = [signature] }, Ct)).Value.State);
    }

    public static TheoryData<string, string> Bad => new()
    {
        { "no certificate", "SIG-0421" }, { "expired", "SIG-0423" }, { "future", "SIG-0423" }, { "encipherment", "SIG-0424" }, { "no usage", "SIG-0424" },
        { "authority", "SIG-0424" }, { "stranger", "SIG-0422" }, { "public", "SIG-0422" }, { "rsa1024", "SIG-0425" }, { "empty", "SIG-0421" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_certificate_that_cannot_be_relied_on_is_refused(string kind, string code)
    {
        using var key = NewKey();
        using var others = new Tools.TestOfficers();
        using var weak = kind == "rsa1024" ? RSA.Create(1024) : null;
        var text = kind switch
        {
            "no certificate" => Convert.ToBase64String(RandomNumberGenerator.GetBytes(200)),
            "empty" => "",
            "expired" => fixture.Officers.Certify(key, from: -20, until: -1).ExportCertificatePem(),
            "future" => fixture.Officers.Certify(key, from: 1).ExportCertificatePem(),
            "encipherment" => fixture.Officers.Certify(key, X509KeyUsageFlags.KeyEncipherment).ExportCertificatePem(),
            "no usage" => fixture.Officers.Certify(key, X509KeyUsageFlags.None).ExportCertificatePem(),
            "authority" => fixture.Officers.Certify(key, authority: true).ExportCertificatePem(),
            "public" => fixture.Public.Certify(key).ExportCertificatePem(),
            "stranger" => others.Certify(key).ExportCertificatePem(),
            _ => fixture.Officers.Certify(weak!).ExportCertificatePem(),
        };
        var (status, body) = await PostAsync(As(Guid.CreateVersion7()), "/challenges", new { certificate = text });
        Assert.Equal((HttpStatusCode.BadRequest, code), (status, Code(body)));
    }

    [Fact]
    public async Task What_its_issuer_revoked_is_neither_registered_nor_used_and_hosts_with_private_addresses_are_not_called_unless_they_are_named()
    {
        var (list, asked) = ((byte[]?)null, 0);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var authority = builder.Build();
        authority.MapGet("/list.crl", () => Interlocked.Increment(ref asked) > 0 && list is not null ? Results.Bytes(list) : Results.StatusCode(503));
        await authority.StartAsync(Ct);
        var place = authority.Urls.First() + "/list.crl";

        using var key = NewKey();
        using var elsewhere = fixture.Officers.Certify(key, list: place.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        var account = Guid.CreateVersion7();
        using var client = As(account);
        await RegisterAsync(client, key, elsewhere);
        Assert.Equal(0, asked);

        // An authority that is down is no reason to refuse.
        using var certificate = fixture.Officers.Certify(key, list: place);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(client, "/challenges", new { certificate = certificate.ExportCertificatePem() })).Status);
        list = fixture.Officers.List(null);
        using var copy = X509CertificateLoader.LoadCertificate(certificate.RawData);
        var id = await RegisterAsync(client, key, copy);
        var order = ProviderFixture.Order(new SignerIdentity(account), id.ToString(), SignatureAlgorithm.EcdsaSha256);
        await Imported.BeginAsync(order, Ct);
        list = fixture.Officers.List(certificate);
        // What was said is kept for some minutes.
        Assert.Equal("SIG-0431", (await Imported.SignAsync(order, new SignerProof("", ""), Ct)).Error.Code);
        Assert.Equal(2, asked);
        fixture.Time.Shift = TimeSpan.FromMinutes(11);
        Assert.Equal("SIG-0409", (await Imported.SignAsync(order, new SignerProof("", ""), Ct)).Error.Code);
        fixture.Time.Shift = TimeSpan.Zero;
        var (status, body) = await PostAsync(client, "/challenges", new { certificate = certificate.ExportCertificatePem() });
        Assert.Equal((HttpStatusCode.BadRequest, "SIG-0426"), (status, Code(body)));
    }

    [Fact]
    public async Task Our_own_root_counts_and_our_own_responder_is_asked()
    {
        var authorities = fixture.Service.Services.GetRequiredService<Authorities>();
        var (chain, now) = (await authorities.GetAsync(Ct), fixture.Time.GetUtcNow());
        using var issuer = authorities.OpenIssuingKey(chain);
        using var key = NewKey();
        using var own = CertificateProfiles.Seal(CertificateProfiles.Name("Cán bộ", Unit, "Test"), key, chain.Issuing, issuer, now);
        var text = own.ExportCertificatePem() + "\n" + chain.Issuing.ExportCertificatePem();
        using var client = As(Guid.CreateVersion7());
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(client, "/challenges", new { certificate = text })).Status);

        await fixture.Service.InScopeAsync<SignatureDbContext, int>(db =>
        {
            var row = Credential.Issue("06703", chain.IssuingId, own.SerialNumber, "CN=x", own.RawData, [1], now.AddYears(1), now);
            Assert.True(row.Revoke(RevocationReason.KeyCompromise, now).IsSuccess);
            db.Add(row);
            return db.SaveChangesAsync(Ct);
        });
        fixture.Service.Services.GetRequiredService<StatusResponder>().Forget();
        Assert.Equal("SIG-0426", Code((await PostAsync(client, "/challenges", new { certificate = text })).Body));
    }

    [Fact]
    public void A_list_tells_who_is_revoked_only_when_its_authority_signed_it_and_it_is_not_past_its_end()
    {
        using var key = NewKey();
        using var mine = fixture.Officers.Certify(key);
        using var other = fixture.Officers.Certify(key);
        using var forger = NewKey();
        var (root, now) = (fixture.Officers.Root, fixture.Time.GetUtcNow());
        bool? IsRevoked(byte[] list, DateTimeOffset? at = null) => new OfflineStatus(new ValidationData([], [], [list]), at ?? now)
            .Of(mine, root, at ?? now) is { } status ? status.RevokedAt is not null : null;
        Assert.True(IsRevoked(fixture.Officers.List(mine)));
        Assert.False(IsRevoked(fixture.Officers.List(other)));
        Assert.Null(IsRevoked(fixture.Officers.List(mine, until: -1)));
        Assert.Null(IsRevoked(fixture.Officers.List(mine, key: forger)));
        Assert.Null(IsRevoked([1, 2, 3]));
        Assert.Null(IsRevoked(fixture.Public.List(null)));
        Assert.Null(IsRevoked(fixture.Officers.List(other), now.AddYears(1)));
    }

    [Fact]
    public async Task Those_who_answer_for_the_unit_see_who_signs_with_what_and_the_history_cannot_be_rewritten()
    {
        const string Admin = "/api/v1/admin/imported-certificates";
        var (account, unit) = (Guid.CreateVersion7(), "06701");
        using var officer = As(account, Roles.Officer, unit);
        using var key = NewKey();
        var id = await RegisterAsync(officer, key);
        Assert.Equal(1, (await officer.GetFromJsonAsync<JsonElement>(Path, Ct)).GetArrayLength());

        using var leader = As(Guid.CreateVersion7(), Roles.Leader, unit);
        var item = Assert.Single((await leader.GetFromJsonAsync<JsonElement>(Admin, Ct)).GetProperty("items").EnumerateArray());
        Assert.Equal((id, account, "current"), (item.GetProperty("id").GetGuid(), item.GetProperty("accountId").GetGuid(), item.GetProperty("status").GetString()));
        await officer.DeleteAsync(new Uri($"{Path}/{id}", UriKind.Relative), Ct);
        var changes = await leader.GetFromJsonAsync<JsonElement>($"{Admin}/{id}/changes", Ct);
        Assert.Equal(["removed", "registered"], changes.EnumerateArray().Select(c => c.GetProperty("move").GetString()));

        using var province = As(Guid.CreateVersion7(), Roles.Administrator, "22");
        Assert.Equal(1, (await province.GetFromJsonAsync<JsonElement>($"{Admin}?unit={unit}&limit=1", Ct)).GetProperty("items").GetArrayLength());
        using var elsewhere = As(Guid.CreateVersion7(), Roles.Auditor, "06702");
        Assert.Equal(0, (await elsewhere.GetFromJsonAsync<JsonElement>(Admin, Ct)).GetProperty("items").GetArrayLength());
        foreach (var (client, path, status) in new[] { (elsewhere, $"/{id}/changes", 404), (elsewhere, "?limit=0", 400), (elsewhere, "?after=x", 400), (officer, "", 403), (officer, $"/{id}/changes", 403) })
        {
            using var answer = await client.GetAsync(Admin + path, Ct);
            Assert.Equal(status, (int)answer.StatusCode);
        }

        using var weak = As(account, strong: false);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(weak, "/challenges", new { certificate = "x" })).Status);
        using var citizen = As(account, Roles.Citizen);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(citizen, "/challenges", new { certificate = "x" })).Status);
        foreach (var sql in new[] { "UPDATE imported_certificate_change SET actor_id = id", "DELETE FROM imported_certificate_change", "TRUNCATE imported_certificate_change" })
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => fixture.Service.InScopeAsync<SignatureDbContext, int>(db => db.Database.ExecuteSqlRawAsync(sql, Ct)));
    }
}
