using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Tests.Tools;
using Microsoft.EntityFrameworkCore;
using static HaLong.Signatures.Tests.Tools.CredentialFixture;

namespace HaLong.Signatures.Tests.Csc;

/// <summary>Other software signs, message by message, as the Cloud Signature Consortium API v2 writes them.</summary>
[Collection(CredentialTests.Name)]
public sealed class CscTests(CredentialFixture fixture)
{
    private const string Base = "/csc/v2/";
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private const string EcdsaSha256 = "1.2.840.10045.4.3.2";
    private const string Both = "halong.api halong.sign";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private HttpClient Software(Guid account) => fixture.As(account, strong: false, scope: Both);

    private static Task<Answer> AskAsync(HttpClient client, string method, object body) => PostAsync(client, Base + method, body);

    private static async Task RefusedAsync(Task<Answer> call, string error, string part, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        var answer = (await call).Expect(status);
        Assert.Equal(["error", "error_description"], answer.Body.EnumerateObject().Select(p => p.Name));
        Assert.Equal(error, answer["error"]);
        Assert.Contains(part, answer["error_description"], StringComparison.Ordinal);
    }

    private static string[] Base64(byte[][] hashes) => [.. hashes.Select(Convert.ToBase64String)];

    private static object Authorisation(Guid credential, byte[][] hashes, string code, string pin = Pin, int? count = null, string algorithm = Sha256) => new
    {
        credentialID = credential,
        numSignatures = count ?? hashes.Length,
        hashes = Base64(hashes),
        hashAlgorithmOID = algorithm,
        authData = new[] { new { id = "PIN", value = pin }, new { id = "OTP", value = code } },
    };

    private static object Signing(Guid credential, string sad, byte[][] hashes, string algorithm = EcdsaSha256, string? hash = Sha256) =>
        new { credentialID = credential, SAD = sad, hashes = Base64(hashes), hashAlgorithmOID = hash, signAlgo = algorithm };

    private async Task<string> CodeAsync(HttpClient client, Guid account, Guid credential, int count = 1)
    {
        (await AskAsync(client, "credentials/getChallenge", new { credentialID = credential, numSignatures = count })).Expect(HttpStatusCode.OK);
        return fixture.People.LatestOf(account).Code;
    }

    private async Task<(HttpClient Client, Guid Account, Guid Credential, byte[][] Hashes, string Sad)> AuthorisedAsync(int count = 1)
    {
        var (account, credential) = await fixture.SignerAsync();
        var (client, hashes) = (Software(account), Hashes(count));
        var answer = (await AskAsync(client, "credentials/authorize", Authorisation(credential, hashes, await CodeAsync(client, account, credential,
            count)))).Expect(HttpStatusCode.OK);
        Assert.Equal("180", answer["expiresIn"]);
        return (client, account, credential, hashes, answer["SAD"]);
    }

    [Fact]
    public async Task Info_tells_anybody_what_there_is()
    {
        var info = (await AskAsync(fixture.Service.Client(), "info", new { lang = "vi" })).Expect(HttpStatusCode.OK);
        Assert.Equal(("2.0.0.2", "VN", "https://halong.test/"), (info["specs"], info["region"], info["oauth2Issuer"]));
        Assert.Equal(["oauth2code"], info.Body.GetProperty("authType").EnumerateArray().Select(e => e.GetString()));
        Assert.Contains(EcdsaSha256, info.Body.GetProperty("signAlgorithms").GetProperty("algos").EnumerateArray().Select(e => e.GetString()));
        var methods = info.Body.GetProperty("methods").EnumerateArray().Select(e => e.GetString()).ToList();
        Assert.DoesNotContain("credentials/extendTransaction", methods);
        using var client = Software(fixture.People.Person());
        foreach (var method in methods)
            Assert.NotEqual(HttpStatusCode.NotFound, (await AskAsync(client, method!, new { })).Status);
    }

    [Fact]
    public async Task From_the_list_to_a_signature_that_openssl_verifies()
    {
        var (account, credential) = await fixture.SignerAsync();
        using var client = Software(account);
        var list = (await AskAsync(client, "credentials/list", new
        {
            credentialInfo = true,
            certificates = "chain",
            certInfo = true,
            authInfo = true
        })).Expect(HttpStatusCode.OK);
        Assert.Equal([credential.ToString()], list.Body.GetProperty("credentialIDs").EnumerateArray().Select(e => e.GetString()));
        var info = list.Body.GetProperty("credentialInfos")[0];
        var (key, cert, auth) = (info.GetProperty("key"), info.GetProperty("cert"), info.GetProperty("auth"));
        Assert.Equal((credential.ToString(), "enabled", 256, "1.2.840.10045.3.1.7"),
            (info.GetProperty("credentialID").GetString(), key.GetProperty("status").GetString(), key.GetProperty("len").GetInt32(),
                key.GetProperty("curve").GetString()));
        Assert.Equal(("valid", 3), (cert.GetProperty("status").GetString(), cert.GetProperty("certificates").GetArrayLength()));
        Assert.Matches("^[0-9]{14}Z$", cert.GetProperty("validTo").GetString());
        Assert.Equal(("explicit", "PIN AND OTP", "PIN"), (auth.GetProperty("mode").GetString(), auth.GetProperty("expression").GetString(),
            auth.GetProperty("objects")[0].GetProperty("id").GetString()));
        Assert.Equal(("2", 200), (info.GetProperty("SCAL").GetString(), info.GetProperty("multisign").GetInt32()));

        using var judge = new Judge();
        var content = judge.Save("content.txt", "Đơn đăng ký khai sinh"u8.ToArray());
        byte[][] hashes = [SHA256.HashData(await File.ReadAllBytesAsync(content, Ct))];
        Assert.Equal(HttpStatusCode.NoContent, (await AskAsync(client, "credentials/sendOTP", new { credentialID = credential })).Status);
        var letter = fixture.People.LatestOf(account);
        Assert.Equal("1", letter.Values["count"]);
        var sad = (await AskAsync(client, "credentials/authorize", Authorisation(credential, hashes, letter.Code))).Expect(HttpStatusCode.OK)["SAD"];
        var signed = (await AskAsync(client, "signatures/signHash", Signing(credential, sad, hashes))).Expect(HttpStatusCode.OK);

        var signature = judge.Save("signature.der", Convert.FromBase64String(signed.Body.GetProperty("signatures")[0].GetString()!));
        var leaf = judge.Save("leaf.der", Convert.FromBase64String(cert.GetProperty("certificates")[0].GetString()!));
        var publicKey = judge.Save("key.pem", System.Text.Encoding.ASCII.GetBytes(judge.Run("openssl", "x509", "-inform", "DER", "-in", leaf,
            "-noout", "-pubkey").Succeeded().Output));
        judge.Run("openssl", "dgst", "-sha256", "-verify", publicKey, "-signature", signature, content).Succeeded();
        var row = await fixture.QueryAsync(db => db.SigningLog.SingleAsync(o => o.CredentialId == credential, Ct));
        Assert.Equal((ActivationDoor.Csc, 1, OrderOutcome.Signed), (row.Door, row.HashCount, row.Outcome));
    }

    [Fact]
    public async Task Details_are_told_only_where_they_are_asked_for()
    {
        var (account, credential) = await fixture.SignerAsync();
        using var client = Software(account);
        var list = await AskAsync(client, "credentials/list", new { });
        Assert.False(list.Body.TryGetProperty("credentialInfos", out _));
        var info = (await AskAsync(client, "credentials/info", new { credentialID = credential, certificates = "none" })).Expect(HttpStatusCode.OK);
        Assert.False(info.Body.TryGetProperty("auth", out _));
        Assert.Equal(["status"], info.Body.GetProperty("cert").EnumerateObject().Select(p => p.Name));
        Assert.Equal(1, (await AskAsync(client, "credentials/info", new { credentialID = credential })).Body.GetProperty("cert")
            .GetProperty("certificates").GetArrayLength());

        (await PostAsync(fixture.As(account), $"{Own}/{credential}/suspension")).Expect(HttpStatusCode.OK);
        info = await AskAsync(client, "credentials/info", new { credentialID = credential, certInfo = true, authInfo = true });
        Assert.Equal(("suspended", "disabled"), (info.Body.GetProperty("cert").GetProperty("status").GetString(), info.Body.GetProperty("key")
            .GetProperty("status").GetString()));
        Assert.Equal(0, (await AskAsync(client, "credentials/list", new { onlyValid = true })).Body.GetProperty("credentialIDs").GetArrayLength());
        await RefusedAsync(AskAsync(client, "credentials/getChallenge", new { credentialID = credential }), "invalid_request", "SIG-0209");
    }

    [Fact]
    public async Task A_SAD_signs_just_its_hashes_for_just_its_person_once()
    {
        var (client, _, credential, hashes, sad) = await AuthorisedAsync(count: 2);
        var (stranger, others) = await fixture.SignerAsync();
        foreach (var (who, what, which) in new[]
        {
            (client, Hashes(2), credential), (client, [hashes[1], hashes[0]], credential), (client, [hashes[0]], credential), (Software(stranger),
                hashes, others),
        })
            await RefusedAsync(AskAsync(who, "signatures/signHash", Signing(which, sad, what)), "invalid_request", "SIG-0231");
        await RefusedAsync(AskAsync(Software(stranger), "signatures/signHash", Signing(credential, sad, hashes)), "invalid_request", "credentialID");
        await RefusedAsync(AskAsync(client, "signatures/signHash", Signing(credential, sad[..^2] + "AA", hashes)), "invalid_request", "SIG-0231");

        var first = (await AskAsync(client, "signatures/signHash", Signing(credential, sad, hashes))).Expect(HttpStatusCode.OK);
        var again = (await AskAsync(client, "signatures/signHash", Signing(credential, sad, hashes))).Expect(HttpStatusCode.OK);
        Assert.Equal(first.Body.ToString(), again.Body.ToString());
        await RefusedAsync(AskAsync(client, "signatures/signHash", Signing(credential, sad, Hashes(2))), "invalid_request", "SIG-0231");
        fixture.Time.Shift += TimeSpan.FromMinutes(3);
        await RefusedAsync(AskAsync(client, "signatures/signHash", Signing(credential, sad, hashes)), "invalid_request", "SIG-0232");
        Assert.Equal(1, await fixture.QueryAsync(db => db.SigningLog.CountAsync(o => o.CredentialId == credential, Ct)));
    }

    [Fact]
    public async Task A_SAD_that_comes_late_or_for_a_suspended_credential_signs_nothing()
    {
        var (client, account, credential, hashes, sad) = await AuthorisedAsync();
        (await PostAsync(fixture.As(account), $"{Own}/{credential}/suspension")).Expect(HttpStatusCode.OK);
        await RefusedAsync(AskAsync(client, "signatures/signHash", Signing(credential, sad, hashes)), "invalid_request", "SIG-0209");
        (await PostAsync(fixture.As(account), $"{Own}/{credential}/resumption")).Expect(HttpStatusCode.OK);
        fixture.Time.Shift += TimeSpan.FromMinutes(3);
        await RefusedAsync(AskAsync(client, "signatures/signHash", Signing(credential, sad, hashes)), "invalid_request", "SIG-0232");
        await fixture.SweepAsync();
        await RefusedAsync(AskAsync(client, "signatures/signHash", Signing(credential, sad, hashes)), "invalid_request", "SIG-0231");
        Assert.Equal(OrderOutcome.Expired, await fixture.QueryAsync(db => db.SigningLog.Where(o => o.CredentialId == credential).Select(o => o.Outcome).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Of_many_at_once_with_one_SAD_one_signs_and_all_have_its_signatures()
    {
        var (client, _, credential, hashes, sad) = await AuthorisedAsync(count: 3);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => AskAsync(client, "signatures/signHash", Signing(credential, sad, hashes))));
        Assert.Single(answers.Select(a => a.Expect(HttpStatusCode.OK).Body.ToString()).Distinct());
        Assert.Equal(1, await fixture.QueryAsync(db => db.SigningLog.CountAsync(o => o.CredentialId == credential, Ct)));
    }

    [Fact]
    public async Task A_code_authorises_once_and_not_more_than_it_was_sent_for()
    {
        var (account, credential) = await fixture.SignerAsync();
        using var client = Software(account);
        await RefusedAsync(AskAsync(client, "credentials/authorize", Authorisation(credential, Hashes(), "123456")), "invalid_otp", "SIG-0234");
        var code = await CodeAsync(client, account, credential, 2);
        Assert.Equal(code, await CodeAsync(client, account, credential, 2));
        Assert.Equal("2", fixture.People.LatestOf(account).Values["count"]);
        await RefusedAsync(AskAsync(client, "credentials/authorize", Authorisation(credential, Hashes(3), code)), "invalid_request", "numSignatures is higher");
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => AskAsync(client, "credentials/authorize", Authorisation(credential,
            Hashes(2), code))));
        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => Assert.Equal("invalid_otp", a["error"]));
        await RefusedAsync(AskAsync(client, "credentials/authorize", Authorisation(credential, Hashes(), code)), "invalid_otp", "SIG-0234");
    }

    [Fact]
    public async Task Wrong_PINs_and_codes_have_the_words_of_the_standard_and_a_wait()
    {
        var (account, credential) = await fixture.SignerAsync();
        using var client = Software(account);
        var code = await CodeAsync(client, account, credential);
        await RefusedAsync(AskAsync(client, "credentials/authorize", Authorisation(credential, Hashes(), code == "000000" ? "000001" : "000000")),
            "invalid_otp", "SIG-0225");
        var wrong = AskAsync(client, "credentials/authorize", Authorisation(credential, Hashes(), code, "482914"));
        await RefusedAsync(wrong, "invalid_pin", "SIG-0222");
        Assert.Equal(TimeSpan.FromSeconds(1), (await wrong).RetryAfter);
        await RefusedAsync(AskAsync(client, "credentials/authorize", Authorisation(credential, Hashes(), code)), "invalid_pin", "SIG-0223",
            HttpStatusCode.TooManyRequests);
        fixture.Time.Shift += TimeSpan.FromSeconds(1);
        (await AskAsync(client, "credentials/authorize", Authorisation(credential, Hashes(), code))).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_is_missing_or_wrong_is_named()
    {
        var (client, account, credential, hashes, sad) = await AuthorisedAsync();
        await CodeAsync(client, account, credential);
        foreach (var (method, body, part) in new (string, object, string)[]
        {
            ("credentials/list", new { userID = "x" }, "userID"),
            ("credentials/list", new { certificates = "all" }, "certificates"),
            ("credentials/info", new { }, "Missing (or invalid type) string parameter credentialID"),
            ("credentials/info", new { credentialID = "x" }, "Invalid parameter credentialID"),
            ("credentials/info", new { credentialID = credential, certificates = "all" }, "certificates"),
            ("credentials/info", new[] { 1 }, "JSON"),
            ("credentials/getChallenge", new { }, "credentialID"),
            ("credentials/getChallenge", new { credentialID = credential, numSignatures = 201 }, "numSignatures"),
            ("credentials/getChallenge", new { credentialID = Guid.CreateVersion7() }, "Invalid parameter credentialID"),
            ("credentials/authorize", new { }, "credentialID"),
            ("credentials/authorize", new { credentialID = Guid.CreateVersion7(), numSignatures = 1 }, "Invalid parameter credentialID"),
            ("credentials/authorize", new { credentialID = credential }, "numSignatures"),
            ("credentials/authorize", new { credentialID = credential, numSignatures = 1 }, "hashes"),
            ("credentials/authorize", new { credentialID = credential, numSignatures = 1, hashes = new[] { "%" } }, "hashes"),
            ("credentials/authorize", Authorisation(credential, hashes, "1", algorithm: "1.3.14.3.2.26"), "hashAlgorithmOID"),
            ("credentials/authorize", Authorisation(credential, [new byte[20]], "1"), "digest value length"),
            ("credentials/authorize", Authorisation(credential, hashes, "1", count: 2), "number of hashes"),
            ("signatures/signHash", new { SAD = sad }, "credentialID"),
            ("signatures/signHash", new { credentialID = credential }, "SAD"),
            ("signatures/signHash", new { credentialID = Guid.CreateVersion7(), SAD = sad }, "Invalid parameter credentialID"),
            ("signatures/signHash", new { credentialID = credential, SAD = sad }, "hashes"),
            ("signatures/signHash", new { credentialID = credential, SAD = sad, hashes = Base64(hashes) }, "signAlgo"),
            ("signatures/signHash", Signing(credential, sad, hashes, "1.2.840.113549.1.1.1"), "signAlgo"),
            ("signatures/signHash", Signing(credential, sad, hashes, EcdsaSha256, "2.16.840.1.101.3.4.2.3"), "signAlgo"),
            ("signatures/signHash", Signing(credential, "%%", hashes), "SIG-0231"),
        })
            await RefusedAsync(AskAsync(client, method, body), "invalid_request", part);
        using var text = new StringContent("{}");
        using var answer = await client.PostAsync(Base + "credentials/list", text, Ct);
        Assert.Equal("invalid_request", JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement.GetProperty("error").GetString());
        // The kind of key alone will do where the hash is named.
        (await AskAsync(client, "signatures/signHash", Signing(credential, sad, hashes, "1.2.840.10045.2.1"))).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Only_tokens_for_signing_in_ones_own_name()
    {
        var account = fixture.People.Person();
        await RefusedAsync(AskAsync(fixture.Service.Client(), "credentials/list", new { }), "invalid_token", "token", HttpStatusCode.Unauthorized);
        foreach (var client in new[]
        {
            fixture.As(account), fixture.As(account, scope: "halong.sign"), fixture.As(account, scope: Both, actor: Guid.CreateVersion7(),
                delegation: Guid.CreateVersion7()),
            fixture.As(account, scope: Both, actor: Guid.CreateVersion7(), role: Roles.Organisation),
        })
            await RefusedAsync(AskAsync(client, "credentials/list", new { }), "insufficient_scope", "own name", HttpStatusCode.Forbidden);
        (await GetAsync(fixture.Service.Client(), Own)).Refused(HttpStatusCode.Unauthorized, "CMN-0401");
    }

    [Fact]
    public async Task A_one_time_credential_needs_a_code_alone()
    {
        var account = fixture.People.Person(assurance: 1);
        var credential = (await PostAsync(fixture.As(account), Own, new { term = "oneTime" })).Expect(HttpStatusCode.Created).Id;
        using var client = Software(account);
        var auth = (await AskAsync(client, "credentials/info", new { credentialID = credential, authInfo = true })).Body.GetProperty("auth");
        Assert.Equal(("OTP", 1), (auth.GetProperty("expression").GetString(), auth.GetProperty("objects").GetArrayLength()));
        var (hashes, code) = (Hashes(), await CodeAsync(client, account, credential));
        var sad = (await AskAsync(client, "credentials/authorize", new
        {
            credentialID = credential,
            numSignatures = 1,
            hashes = Base64(hashes),
            hashAlgorithmOID = Sha256,
            authData = new[] { new { id = "OTP",
                value = code } },
        })).Expect(HttpStatusCode.OK)["SAD"];
        (await AskAsync(client, "signatures/signHash", Signing(credential, sad, hashes))).Expect(HttpStatusCode.OK);
        await RefusedAsync(AskAsync(client, "credentials/getChallenge", new { credentialID = credential }), "invalid_request", "SIG-0210");
    }

    [Fact]
    public async Task When_identity_is_away_the_answer_is_the_standards_too()
    {
        var (account, credential) = await fixture.SignerAsync();
        using var client = Software(account);
        fixture.People.IsDown = true;
        try
        {
            await RefusedAsync(AskAsync(client, "credentials/getChallenge", new { credentialID = credential }), "server_error", "SIG-0217",
                HttpStatusCode.ServiceUnavailable);
        }
        finally
        {
            fixture.People.IsDown = false;
        }
    }
}
