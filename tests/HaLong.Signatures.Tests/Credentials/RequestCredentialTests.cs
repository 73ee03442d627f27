using System.Net;
using System.Security.Cryptography.X509Certificates;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Tests.Tools;
using Microsoft.EntityFrameworkCore;
using static HaLong.Signatures.Tests.Tools.CredentialFixture;

namespace HaLong.Signatures.Tests.Credentials;

/// <summary>Who gets which credential, by how surely the person is known.</summary>
[Collection(CredentialTests.Name)]
public sealed class RequestCredentialTests(CredentialFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly object Long = new { term = "long" };
    private static readonly object OneTime = new { term = "oneTime" };

    [Fact]
    public async Task A_verified_citizen_asks_chooses_a_PIN_and_has_a_certificate_for_a_year()
    {
        var account = fixture.People.Person(name: "Đặng Thị Thúy Hằng");
        using var client = fixture.As(account);
        var asked = (await PostAsync(client, Own, Long)).Expect(HttpStatusCode.Created);
        Assert.Equal(("requested", "citizen", "long", ""), (asked["state"], asked["kind"], asked["term"], asked["certificate"]));

        var active = (await PostAsync(client, $"{Own}/{asked.Id}/pin", new { newPin = Pin }, match: asked.Etag)).Expect(HttpStatusCode.OK);
        Assert.Equal(("active", CertificatePolicies.Citizen), (active["state"], active["policy"]));
        using var certificate = X509Certificate2.CreateFromPem(active["certificate"]);
        Assert.Equal("Đặng Thị Thúy Hằng", certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
        Assert.Contains($"SERIALNUMBER={account}", certificate.Subject.Replace("OID.2.5.4.5", "SERIALNUMBER", StringComparison.Ordinal),
            StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("O=", active["subject"].Replace("CN=", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.InRange((certificate.NotAfter - certificate.NotBefore).TotalDays, 364.9, 365.1);
        Assert.NotEqual(asked.Etag, active.Etag);
        Assert.Equal(["issued", "requested"], (await GetAsync(client, $"{Own}/{asked.Id}/changes")).Items.Select(i => i.GetProperty("move").GetString()));
    }

    [Fact]
    public async Task Openssl_builds_the_chain_and_shows_the_policy()
    {
        var (account, credential) = await fixture.SignerAsync();
        using var certificate = await fixture.CertificateAsync(account, credential);
        using var anybody = fixture.Service.Client();
        using var judge = new Judge();
        string Save(string name, string pem) => judge.Save(name, System.Text.Encoding.ASCII.GetBytes(pem));
        var leaf = Save("leaf.pem", certificate.ExportCertificatePem());
        judge.Run("openssl", "verify", "-x509_strict", "-no_check_time", "-CAfile", Save("root.pem", await anybody.GetStringAsync("/pki/root.pem", Ct)),
            "-untrusted", Save("issuing.pem", await anybody.GetStringAsync("/pki/issuing.pem", Ct)), leaf).Succeeded();
        var text = judge.Run("openssl", "x509", "-in", leaf, "-noout", "-text").Succeeded().Output;
        Assert.Contains("Policy: " + CertificatePolicies.Citizen, text, StringComparison.Ordinal);
        Assert.Contains("Digital Signature, Non Repudiation", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Level_1_is_sent_to_the_counter_and_a_weak_sign_in_to_the_second_factor()
    {
        var account = fixture.People.Person(assurance: 1);
        (await PostAsync(fixture.As(account), Own, Long)).Refused(HttpStatusCode.Forbidden, "SIG-0204");
        (await PostAsync(fixture.As(account, strong: false), Own, Long)).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
        // A national provider vouched in this session.
        (await PostAsync(fixture.As(account, assurance: 2), Own, Long)).Expect(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData(1, CertificatePolicies.OneTimeUnverified)]
    [InlineData(2, CertificatePolicies.OneTime)]
    public async Task A_one_time_credential_is_there_at_once_and_says_how_surely_the_person_is_known(int level, string policy)
    {
        using var client = fixture.As(fixture.People.Person(level), strong: false);
        var given = (await PostAsync(client, Own, OneTime)).Expect(HttpStatusCode.Created);
        Assert.Equal(("active", "oneTime", policy), (given["state"], given["term"], given["policy"]));
        using var certificate = X509Certificate2.CreateFromPem(given["certificate"]);
        Assert.Equal(policy, OidOf(certificate));
        Assert.InRange((certificate.NotAfter.ToUniversalTime() - fixture.Time.GetUtcNow().UtcDateTime).TotalMinutes, 13, 15.1);
        (await PostAsync(client, $"{Own}/{given.Id}/pin", new { newPin = Pin })).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
    }

    private static string OidOf(X509Certificate2 certificate)
    {
        var sequence = new System.Formats.Asn1.AsnReader(certificate.Extensions["2.5.29.32"]!.RawData, System.Formats.Asn1.AsnEncodingRules.DER).ReadSequence();
        return sequence.ReadSequence().ReadObjectIdentifier();
    }

    [Fact]
    public async Task Who_has_a_credential_needs_no_one_time_one_and_one_time_ones_are_counted()
    {
        var (account, _) = await fixture.SignerAsync();
        (await PostAsync(fixture.As(account), Own, OneTime)).Refused(HttpStatusCode.Conflict, "SIG-0205");

        using var client = fixture.As(fixture.People.Person());
        for (var i = 0; i < 10; i++)
            (await PostAsync(client, Own, OneTime)).Expect(HttpStatusCode.Created);
        Assert.NotNull((await PostAsync(client, Own, OneTime)).Refused(HttpStatusCode.TooManyRequests, "SIG-0219").RetryAfter);
    }

    [Fact]
    public async Task One_at_a_time_and_a_key_makes_a_repeat_harmless()
    {
        using var client = fixture.As(fixture.People.Person());
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => PostAsync(client, Own, Long)));
        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Conflict, HttpStatusCode.Conflict], answers.Select(a => a.Status).Order());

        using var other = fixture.As(fixture.People.Person());
        var first = (await PostAsync(other, Own, Long, key: "once")).Expect(HttpStatusCode.Created);
        Assert.Equal(first.Id, (await PostAsync(other, Own, Long, key: "once")).Expect(HttpStatusCode.Created).Id);
        (await PostAsync(other, Own, Long)).Refused(HttpStatusCode.Conflict, "SIG-0205");
        (await PostAsync(other, $"{Own}/{first.Id}/pin", new { newPin = Pin })).Expect(HttpStatusCode.OK);
        (await PostAsync(other, Own, Long)).Refused(HttpStatusCode.Conflict, "SIG-0205");
    }

    [Fact]
    public async Task Nobody_has_a_credential_in_another_persons_name()
    {
        var account = fixture.People.Person();
        foreach (var client in new[]
        {
            fixture.As(account, actor: Guid.CreateVersion7(), delegation: Guid.CreateVersion7()),
            fixture.As(account, actor: Guid.CreateVersion7(), assisted: Guid.CreateVersion7()),
            fixture.As(account, actor: Guid.CreateVersion7(), role: Roles.Organisation),
            fixture.Service.Client(fixture.Tokens.ServiceToken("dossier")),
            fixture.Service.Client(fixture.Tokens.PartnerToken()),
        })
        {
            (await PostAsync(client, Own, Long)).Refused(HttpStatusCode.Forbidden, "CMN-0403");
            (await GetAsync(client, Own)).Refused(HttpStatusCode.Forbidden, "CMN-0403");
        }

        (await PostAsync(fixture.Service.Client(), Own, Long)).Refused(HttpStatusCode.Unauthorized, "CMN-0401");
    }

    [Fact]
    public async Task Organisations_closed_accounts_and_nonsense_are_refused()
    {
        (await PostAsync(fixture.As(fixture.People.Person(kind: "organisation")), Own, Long)).Refused(HttpStatusCode.Forbidden, "SIG-0203");
        (await PostAsync(fixture.As(fixture.People.Person(status: "closed")), Own, Long)).Refused(HttpStatusCode.Forbidden, "SIG-0203");
        (await PostAsync(fixture.As(Guid.CreateVersion7()), Own, Long)).Refused(HttpStatusCode.Forbidden, "SIG-0203");
        using var client = fixture.As(fixture.People.Person());
        (await PostAsync(client, Own, new { })).Refused(HttpStatusCode.BadRequest, "SIG-0202");
        (await PostAsync(client, Own, new { term = "oneTime", role = "officer" })).Refused(HttpStatusCode.BadRequest, "SIG-0202");
        (await PostAsync(client, Own, new { term = "long", role = "officer" })).Refused(HttpStatusCode.BadRequest, "SIG-0202");
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(client, Own, new { term = "eternal" })).Status);
    }

    [Fact]
    public async Task When_identity_does_not_answer_nothing_is_given()
    {
        using var client = fixture.As(fixture.People.Person());
        fixture.People.IsDown = true;
        try
        {
            Assert.NotNull((await PostAsync(client, Own, Long)).Refused(HttpStatusCode.ServiceUnavailable, "SIG-0217").RetryAfter);
        }
        finally
        {
            fixture.People.IsDown = false;
        }

        (await PostAsync(client, Own, Long)).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task PINs_are_chosen_well_changed_with_the_old_one_and_opened_by_the_new_one_alone()
    {
        var (account, credential) = await fixture.SignerAsync();
        using var client = fixture.As(account);
        var path = $"{Own}/{credential}/pin";
        (await PostAsync(client, path, new { pin = Pin, newPin = "123456" })).Refused(HttpStatusCode.BadRequest, "SIG-0221");
        (await PostAsync(client, path, new { pin = "482914", newPin = "730518" })).Refused(HttpStatusCode.BadRequest, "SIG-0222");
        (await PostAsync(client, path, new { pin = Pin, newPin = "730518" })).Refused(HttpStatusCode.TooManyRequests, "SIG-0223");
        fixture.Time.Shift += TimeSpan.FromSeconds(1);
        (await PostAsync(client, path, new { pin = Pin, newPin = "730518" }, match: "\"1\"")).Refused(HttpStatusCode.PreconditionFailed, "CMN-0412");
        (await PostAsync(client, path, new { pin = Pin, newPin = "730518" })).Expect(HttpStatusCode.OK);

        (await fixture.SignAsync(Order(account, credential, Hashes()))).Refused(HaLong.Signatures.Domain.ActivationErrors.PinWrong);
        fixture.Time.Shift += TimeSpan.FromSeconds(1);
        Assert.True((await fixture.SignAsync(Order(account, credential, Hashes()), "730518")).IsSuccess);
        (await PostAsync(fixture.As(account, strong: false), path, new { pin = Pin, newPin = "730518" })).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
        (await PostAsync(fixture.As(fixture.People.Person()), path, new { pin = Pin, newPin = "730518" })).Refused(HttpStatusCode.NotFound, "SIG-0201");
    }

    [Fact]
    public async Task A_wrong_PIN_counts_although_the_change_is_refused()
    {
        var (account, credential) = await fixture.SignerAsync();
        (await PostAsync(fixture.As(account), $"{Own}/{credential}/pin", new { pin = "482914", newPin = "730518" }, key: "k"))
            .Refused(HttpStatusCode.BadRequest, "SIG-0222");
        Assert.Equal(1, await fixture.QueryAsync(db => db.PinGuards.Where(g => g.CredentialId == credential).Select(g => g.Failures).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Ones_own_list_has_pages_and_nobody_elses()
    {
        using var client = fixture.As(fixture.People.Person());
        for (var i = 0; i < 3; i++)
            await PostAsync(client, Own, OneTime);
        var page = (await GetAsync(client, Own + "?limit=2")).Expect(HttpStatusCode.OK);
        Assert.Equal(2, page.Items.Count);
        Assert.Single((await GetAsync(client, Own + "?limit=2&after=" + page["after"])).Items);
        (await GetAsync(client, Own + "?limit=0")).Expect(HttpStatusCode.BadRequest);
        (await GetAsync(client, Own + "?after=x")).Expect(HttpStatusCode.BadRequest);
        var id = page.Items[0].GetProperty("id");
        Assert.NotNull((await GetAsync(client, $"{Own}/{id}")).Expect(HttpStatusCode.OK).Etag);
        using var other = fixture.As(fixture.People.Person());
        Assert.Empty((await GetAsync(other, Own)).Items);
        (await GetAsync(other, $"{Own}/{id}")).Refused(HttpStatusCode.NotFound, "SIG-0201");
        (await GetAsync(other, $"{Own}/{id}/changes")).Refused(HttpStatusCode.NotFound, "SIG-0201");
    }
}
