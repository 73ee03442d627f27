using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace HaLong.PartnerLab.Tests;

/// <summary>One lab and one listener for all tests of the class.</summary>
public sealed class SigningLab : IAsyncLifetime
{
    private Lab? lab;
    private NoticeReceiver? platform;

    internal Lab Lab => lab ?? throw new InvalidOperationException("Not started.");

    internal NoticeReceiver Platform => platform ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        platform = await NoticeReceiver.StartAsync("unused");
        lab = await Lab.StartAsync(("Signing:CscClientSecret", "csc-secret"), ("Signing:SmartCaSpPassword", "sp"),
            ("Signing:HookUrl", platform.AnyUrl), ("Signing:HookSecret", "both know"));
        using var form = new FormUrlEncodedContent(Form("csc-secret"));
        using var answer = await lab.Http.PostAsync(new Uri("/csc/v2/oauth2/token", UriKind.Relative), form);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
        lab.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    internal static Dictionary<string, string> Form(string secret, string grant = "client_credentials", string id = "halong") =>
        new(StringComparer.Ordinal) { ["grant_type"] = grant, ["client_id"] = id, ["client_secret"] = secret };

    public async ValueTask DisposeAsync()
    {
        if (lab is not null)
            await lab.DisposeAsync();
        if (platform is not null)
            await platform.DisposeAsync();
    }
}

/// <summary>Each fault of the simulated providers of signatures: what it does, once, to whom it is meant for, and not to others.</summary>
public sealed class SigningDialTests(SigningLab signing) : IClassFixture<SigningLab>, IAsyncLifetime
{
    private const string Hanh = "022185000123";
    private const string Credential = "csc-hanh";
    private static readonly byte[] Hash = SHA256.HashData([1]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Lab Lab => signing.Lab;

    public async ValueTask InitializeAsync()
    {
        (await Lab.Http.DeleteAsync(new Uri("/dials", UriKind.Relative), Ct)).Dispose();
        (await Lab.Http.DeleteAsync(new Uri("/signing/csc/locks", UriKind.Relative), Ct)).Dispose();
        signing.Platform.Told.Clear();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, object body)
    {
        using var answer = await Lab.Http.PostAsJsonAsync(path, body, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        return (answer.StatusCode, text.StartsWith('{') ? JsonDocument.Parse(text).RootElement : default);
    }

    private async Task<JsonElement> InfoAsync(string credential = Credential) =>
        (await PostAsync("/csc/v2/credentials/info", new { credentialID = credential })).Body;

    private async Task<(HttpStatusCode Status, JsonElement Body)> AuthorizeAsync(string credential = Credential)
    {
        await PostAsync("/csc/v2/credentials/getChallenge", new { credentialID = credential });
        var code = (await Lab.Http.GetFromJsonAsync<JsonElement>("/signing/csc/codes/" + credential, Ct)).GetProperty("code").GetString()!;
        return await PostAsync("/csc/v2/credentials/authorize", new
        {
            credentialID = credential,
            hashes = new[] { Hash },
            authData = new[] { new { id = "PIN", value = "123456" }, new { id = "OTP", value = code } },
        });
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> SignAsync(string client = "")
    {
        var sad = (await AuthorizeAsync()).Body.GetProperty("SAD").GetString()!;
        return await PostAsync("/csc/v2/signatures/signHash",
            new Dictionary<string, object> { ["credentialID"] = Credential, ["SAD"] = sad, ["hashes"] = new[] { Hash }, ["clientData"] = client });
    }

    private static string? Error((HttpStatusCode Status, JsonElement Body) answer) =>
        answer.Body.ValueKind == JsonValueKind.Object && answer.Body.TryGetProperty("error", out var error) ? error.GetString() : null;

    [Theory]
    [InlineData("csc-secret", "password", "halong")]
    [InlineData("csc-secret", "client_credentials", "somebody")]
    [InlineData("wrong", "client_credentials", "halong")]
    [InlineData("", "", "")]
    public async Task Only_the_platform_gets_a_token(string secret, string grant, string id)
    {
        using var form = new FormUrlEncodedContent(SigningLab.Form(secret, grant, id));
        using var answer = await Lab.Http.PostAsync(new Uri("/csc/v2/oauth2/token", UriKind.Relative), form, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("invalid_client", (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task The_token_endpoint_has_faults_of_its_own()
    {
        await Lab.DialAsync("csc.unknownClient", true, times: 1);
        await Lab.DialAsync("csc.down", true, times: 1);
        foreach (var status in new[] { HttpStatusCode.ServiceUnavailable, HttpStatusCode.Unauthorized, HttpStatusCode.OK })
        {
            using var form = new FormUrlEncodedContent(SigningLab.Form("csc-secret"));
            using var answer = await Lab.Http.PostAsync(new Uri("/csc/v2/oauth2/token", UriKind.Relative), form, Ct);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("csc.locked", "credential_locked")]
    [InlineData("csc.refuseCode", "invalid_otp")]
    public async Task An_authorisation_is_refused_by_dial_for_its_target_once(string dial, string error)
    {
        await Lab.DialAsync(dial, true, times: 1, target: Credential);
        Assert.Null(Error(await AuthorizeAsync("csc-lan")));
        var refused = await AuthorizeAsync();
        Assert.Equal((HttpStatusCode.BadRequest, error), (refused.Status, Error(refused)));
        Assert.Null(Error(await AuthorizeAsync()));
    }

    [Fact]
    public async Task An_expired_authorisation_shows_when_it_is_used()
    {
        await Lab.DialAsync("csc.expiredSad", true, times: 1, target: Credential);
        Assert.Equal("sad_expired", Error(await SignAsync()));
        Assert.Null(Error(await SignAsync()));
    }

    [Fact]
    public async Task No_code_is_sent_and_the_one_before_stays()
    {
        await Lab.DialAsync("csc.noCode", true, times: 1, target: Credential);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("/csc/v2/credentials/getChallenge", new { credentialID = "csc-lan" })).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await PostAsync("/csc/v2/credentials/getChallenge", new { credentialID = Credential })).Status);
        var sent = (await PostAsync("/csc/v2/credentials/getChallenge", new { credentialID = Credential })).Body;
        Assert.Equal("•••••123", sent.GetProperty("sentTo").GetString());
    }

    [Fact]
    public async Task A_disabled_key_and_somebody_else_s_certificate_show_in_the_description()
    {
        var usual = await InfoAsync();
        Assert.Equal("enabled", usual.GetProperty("key").GetProperty("status").GetString());
        await Lab.DialAsync("csc.disabled", true, times: 1, target: Credential);
        await Lab.DialAsync("csc.wrongCertificate", true, times: 1, target: Credential);
        Assert.Equal("enabled", (await InfoAsync("csc-lan")).GetProperty("key").GetProperty("status").GetString());
        var spoilt = await InfoAsync();
        Assert.Equal("disabled", spoilt.GetProperty("key").GetProperty("status").GetString());
        Assert.Equal(Credential, spoilt.GetProperty("credentialID").GetString());
        Assert.NotEqual(usual.GetProperty("cert").GetProperty("serialNumber").GetString(), spoilt.GetProperty("cert").GetProperty("serialNumber").GetString());
        Assert.Equal(usual.ToString(), (await InfoAsync()).ToString());
    }

    [Theory]
    [InlineData(null, 1, true)]
    [InlineData("csc.wrongSignature", 1, false)]
    [InlineData("csc.wrongCount", 2, true)]
    public async Task Signatures_are_right_unless_a_dial_spoils_them(string? dial, int count, bool holds)
    {
        if (dial is not null)
            await Lab.DialAsync(dial, true, times: 1, target: Credential);
        var shown = (await InfoAsync()).GetProperty("cert").GetProperty("certificates")[0].GetBytesFromBase64();
        using var certificate = X509CertificateLoader.LoadCertificate(shown);
        using var key = certificate.GetECDsaPublicKey()!;
        var signatures = (await SignAsync()).Body.GetProperty("signatures");
        Assert.Equal(count, signatures.GetArrayLength());
        Assert.Equal(holds, key.VerifyHash(Hash, signatures[count - 1].GetBytesFromBase64(), DSASignatureFormat.Rfc3279DerSequence));
    }

    [Fact]
    public async Task A_lost_answer_is_an_order_that_was_signed()
    {
        await Lab.DialAsync("csc.lostAnswer", true, times: 1, target: Credential);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => SignAsync("lost-1"));
        Assert.Equal(1, (await Lab.Http.GetFromJsonAsync<JsonElement>("/signing/csc/orders", Ct)).GetProperty("lost-1").GetInt32());
    }

    private async Task<JsonElement> CertificatesAsync(string user, string? serial = null) =>
        (await PostAsync("/sca/sp769/v1/credentials/get_certificate",
            new { sp_id = "halong", sp_password = "sp", user_id = user, serial_number = serial })).Body
            .GetProperty("data").GetProperty("user_certificates");

    private async Task<(HttpStatusCode Status, JsonElement Body)> OrderAsync(string ours, string user = Hanh)
    {
        var serial = (await CertificatesAsync(user))[0].GetProperty("serial_number").GetString();
        return await PostAsync("/sca/sp769/v1/signatures/sign", new
        {
            sp_id = "halong",
            sp_password = "sp",
            user_id = user,
            serial_number = serial,
            transaction_id = ours,
            sign_files = new[]
            {
                new { doc_id = "a", data_to_be_signed = Convert.ToHexStringLower(Hash) },
                new { doc_id = "b", data_to_be_signed = new string('0', 64) },
            },
        });
    }

    private async Task<JsonElement> AtGatewayAsync(string ours) =>
        (await Lab.Http.GetFromJsonAsync<JsonElement>("/signing/smartca/orders", Ct)).EnumerateArray()
            .Single(o => o.GetProperty("transactionId").GetString() == ours);

    private async Task AnswerAsync(string ours, string answer = "confirm")
    {
        var tranCode = (await AtGatewayAsync(ours)).GetProperty("tranCode").GetString();
        Assert.Equal(HttpStatusCode.OK, (await PostAsync($"/signing/smartca/orders/{tranCode}/answer", new { answer })).Status);
    }

    [Theory]
    [InlineData("smartca.down", 503)]
    [InlineData("smartca.unauthorized", 401)]
    [InlineData("smartca.forbidden", 403)]
    public async Task The_gateway_fails_by_dial_and_nobody_is_asked(string dial, int status)
    {
        var serial = (await CertificatesAsync(Hanh))[0].GetProperty("serial_number").GetString();
        await Lab.DialAsync(dial, true, times: 1);
        var ours = "refused-" + dial;
        var refused = await PostAsync("/sca/sp769/v1/signatures/sign",
            new { sp_id = "halong", sp_password = "sp", user_id = Hanh, serial_number = serial, transaction_id = ours, sign_files = Array.Empty<object>() });
        Assert.Equal(status, (int)refused.Status);
        Assert.DoesNotContain(ours, await Lab.Http.GetStringAsync(new Uri("/signing/smartca/orders", UriKind.Relative), Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificates_are_found_by_person_and_serial_number_and_one_may_be_somebody_else_s()
    {
        var own = (await CertificatesAsync(Hanh))[0];
        var serial = own.GetProperty("serial_number").GetString()!;
        Assert.Equal(1, (await CertificatesAsync(Hanh, serial.ToLowerInvariant())).GetArrayLength());
        Assert.Equal(0, (await CertificatesAsync(Hanh, "00")).GetArrayLength());
        Assert.Equal(0, (await CertificatesAsync("022085000124", serial)).GetArrayLength());
        Assert.Equal(0, (await CertificatesAsync("nobody")).GetArrayLength());
        await Lab.DialAsync("smartca.wrongCertificate", true, times: 1, target: Hanh);
        var wrong = (await CertificatesAsync(Hanh))[0];
        Assert.Equal(serial, wrong.GetProperty("serial_number").GetString());
        Assert.NotEqual(own.GetProperty("cert_data").GetString(), wrong.GetProperty("cert_data").GetString());
        Assert.Equal(own.GetProperty("cert_data").GetString(), (await CertificatesAsync(Hanh))[0].GetProperty("cert_data").GetString());
    }

    [Fact]
    public async Task The_platform_is_told_once_twice_or_never_as_the_dials_want()
    {
        await OrderAsync("told-once");
        await AnswerAsync("told-once", "decline");
        var notice = Assert.Single(signing.Platform.Told);
        Assert.Equal(("told-once", "failed", "4002"),
            (notice.GetProperty("transaction_id").GetString(), notice.GetProperty("status").GetString(), notice.GetProperty("code").GetString()));

        await Lab.DialAsync("smartca.hookTwice", 2, times: 1, target: Hanh);
        await OrderAsync("told-thrice");
        await AnswerAsync("told-thrice");
        Assert.Equal(3, signing.Platform.Told.Count(n => n.GetProperty("transaction_id").GetString() == "told-thrice"));
        Assert.Equal([200, 200, 200], (await AtGatewayAsync("told-thrice")).GetProperty("told").EnumerateArray().Select(t => t.GetInt32()));

        await Lab.DialAsync("smartca.dropHook", true, times: 1, target: Hanh);
        await OrderAsync("told-never");
        await AnswerAsync("told-never");
        Assert.DoesNotContain(signing.Platform.Told, n => n.GetProperty("transaction_id").GetString() == "told-never");
        Assert.Equal("completed", (await AtGatewayAsync("told-never")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task The_notice_may_overtake_the_answer_and_the_answer_may_be_lost()
    {
        await Lab.DialAsync("smartca.hookFirst", true, times: 1, target: Hanh);
        var answer = await OrderAsync("overtaken");
        Assert.Equal("overtaken", Assert.Single(signing.Platform.Told).GetProperty("transaction_id").GetString());
        Assert.Equal("sig_wait_for_user_confirm", answer.Body.GetProperty("message").GetString());

        await Lab.DialAsync("smartca.lostAnswer", true, times: 1, target: Hanh);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => OrderAsync("lost"));
        Assert.Equal("pending", (await AtGatewayAsync("lost")).GetProperty("state").GetString());
    }
}
