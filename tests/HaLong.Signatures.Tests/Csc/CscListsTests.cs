using System.Net;
using System.Security.Cryptography;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Tests.Tools;
using static HaLong.Signatures.Tests.Tools.CredentialFixture;

namespace HaLong.Signatures.Tests.Csc;

/// <summary>Several credentials, many hashes, stronger hashes.</summary>
[Collection(CredentialTests.Name)]
public sealed class CscListsTests(CredentialFixture fixture)
{
    private const string Both = "halong.api halong.sign";
    private const string Sha512 = "2.16.840.1.101.3.4.2.3";

    private HttpClient Software(Guid account) => fixture.As(account, strong: false, scope: Both);

    private static Task<Answer> AskAsync(HttpClient client, string method, object body) => PostAsync(client, "/csc/v2/" + method, body);

    private static IEnumerable<string> Ids(Answer list) => list.Body.GetProperty("credentialIDs").EnumerateArray().Select(e => e.GetString()!);

    [Fact]
    public async Task A_request_is_no_credential_yet_and_what_has_ended_is_listed_as_such()
    {
        var (account, old) = await fixture.SignerAsync();
        using var client = fixture.As(account);
        var next = (await PostAsync(client, $"{Own}/{old}/renewal", new { forgotten = true })).Expect(HttpStatusCode.Created).Id;
        using var software = Software(account);
        Assert.Equal([old.ToString()], Ids(await AskAsync(software, "credentials/list", new { })));
        await PostAsync(client, $"{Own}/{next}/pin", new { newPin = "730518" });
        await PostAsync(client, $"{Own}/{old}/revocation", new { reason = "superseded" });

        var list = await AskAsync(software, "credentials/list", new { credentialInfo = true, certificates = "none" });
        Assert.Equal([next.ToString(), old.ToString()], Ids(list));
        Assert.Equal(["valid", "revoked"], list.Body.GetProperty("credentialInfos").EnumerateArray().Select(i => i.GetProperty("cert")
            .GetProperty("status").GetString()));
        Assert.Equal([next.ToString()], Ids(await AskAsync(software, "credentials/list", new { onlyValid = true })));
        fixture.Time.Shift += TimeSpan.FromDays(366);
        Assert.Equal("expired", (await AskAsync(software, "credentials/info", new { credentialID = next })).Body.GetProperty("cert")
            .GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_officers_credential_is_told_apart_by_its_unit()
    {
        var (account, credential, _) = await fixture.OfficerAsync();
        using var software = fixture.As(account, strong: false, role: Roles.Officer, unit: Unit, scope: Both);
        var info = (await AskAsync(software, "credentials/info", new { credentialID = credential, certInfo = true })).Expect(HttpStatusCode.OK);
        Assert.EndsWith(", " + Unit, info["description"], StringComparison.Ordinal);
        var subject = info.Body.GetProperty("cert").GetProperty("subjectDN").GetString()!;
        Assert.Contains("OU=" + Unit, subject, StringComparison.Ordinal);
        Assert.Contains("CN=", info.Body.GetProperty("cert").GetProperty("issuerDN").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_hundred_hashes_by_SHA_512_with_one_authorisation()
    {
        var (account, credential) = await fixture.SignerAsync();
        using var software = Software(account);
        byte[][] hashes = [.. Enumerable.Range(0, 200).Select(_ => RandomNumberGenerator.GetBytes(64))];
        string[] texts = [.. hashes.Select(Convert.ToBase64String)];
        (await AskAsync(software, "credentials/getChallenge", new { credentialID = credential, numSignatures = 200 })).Expect(HttpStatusCode.OK);
        var letter = fixture.People.LatestOf(account);
        Assert.Equal("200", letter.Values["count"]);
        var sad = (await AskAsync(software, "credentials/authorize", new
        {
            credentialID = credential,
            numSignatures = 200,
            hashes = texts,
            hashAlgorithmOID = Sha512,
            authData = new[] { new { id = "PIN", value = Pin }, new { id = "OTP", value = letter.Code } },
        })).Expect(HttpStatusCode.OK)["SAD"];
        var body = new { credentialID = credential, SAD = sad, hashes = texts, hashAlgorithmOID = Sha512, signAlgo = "1.2.840.10045.4.3.4" };
        var signed = (await AskAsync(software, "signatures/signHash", body)).Expect(HttpStatusCode.OK);

        using var certificate = await fixture.CertificateAsync(account, credential);
        using var key = System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.GetECDsaPublicKey(certificate)!;
        var signatures = signed.Body.GetProperty("signatures").EnumerateArray().Select(s => Convert.FromBase64String(s.GetString()!)).ToList();
        Assert.Equal(200, signatures.Count);
        Assert.All(hashes.Zip(signatures), p => Assert.True(key.VerifyHash(p.First, p.Second, DSASignatureFormat.Rfc3279DerSequence)));
    }

    [Fact]
    public async Task A_SAD_of_another_algorithm_signs_nothing()
    {
        var (account, credential) = await fixture.SignerAsync();
        using var software = Software(account);
        var hash = new[] { Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)) };
        await AskAsync(software, "credentials/sendOTP", new { credentialID = credential });
        var sad = (await AskAsync(software, "credentials/authorize", new
        {
            credentialID = credential,
            numSignatures = 1,
            hashes = hash,
            hashAlgorithmOID = Sha512,
            authData = new[] { new { id = "PIN", value = Pin }, new { id = "OTP", value = fixture.People.LatestOf(account).Code } },
        })).Expect(HttpStatusCode.OK)["SAD"];
        var answer = await AskAsync(software, "signatures/signHash", new
        {
            credentialID = credential,
            SAD = sad,
            hashes = hash,
            signAlgo = "1.2.840.10045.4.3.2"
        });
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (answer.Status, answer["error"]));
        (await AskAsync(software, "signatures/signHash", new
        {
            credentialID = credential,
            SAD = sad,
            hashes = hash,
            signAlgo = "1.2.840.10045.4.3.4"
        })).Expect(HttpStatusCode.OK);
    }
}
