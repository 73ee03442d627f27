using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace HaLong.PartnerLab.Tests;

/// <summary>The simulated providers of signatures, asked as their documents say.</summary>
public sealed class SigningTests : IAsyncLifetime
{
    private const string User = "022185000123";
    private Lab lab = null!; // set by InitializeAsync

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => lab = await Lab.StartAsync(("Signing:CscClientSecret", "csc-secret"), ("Signing:SmartCaSpPassword", "sp"), ("Signing:HookUrl", "http://127.0.0.1:9/hook"));

    public ValueTask DisposeAsync() => lab.DisposeAsync();

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, object body)
    {
        using var answer = await lab.Http.PostAsJsonAsync(path, body, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        return (answer.StatusCode, text.StartsWith('{') ? JsonDocument.Parse(text).RootElement : default);
    }

    private async Task SignInAsync(string secret = "csc-secret")
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = "halong", ["client_secret"] = secret });
        using var answer = await lab.Http.PostAsync(new Uri("/csc/v2/oauth2/token", UriKind.Relative), form, Ct);
        var token = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        if (answer.IsSuccessStatusCode)
            lab.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("access_token").GetString());
        else
            Assert.Equal("invalid_client", token.GetProperty("error").GetString());
    }

    private static Dictionary<string, string>[] Data(string pin, string code) =>
        [new() { ["id"] = "PIN", ["value"] = pin }, new() { ["id"] = "OTP", ["value"] = code }];

    [Fact]
    public async Task A_csc_client_lists_authorises_and_signs_and_a_sad_is_good_once_for_its_hashes()
    {
        await SignInAsync("wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync("/csc/v2/info", new { })).Status);
        await SignInAsync();
        Assert.Equal("2.0.0.2", (await PostAsync("/csc/v2/info", new { })).Body.GetProperty("specs").GetString());
        var listed = (await PostAsync("/csc/v2/credentials/list", new { userID = User })).Body;
        Assert.Equal("csc-hanh", listed.GetProperty("credentialIDs")[0].GetString());
        using var certificate = X509CertificateLoader.LoadCertificate(listed.GetProperty("credentialInfos")[0].GetProperty("cert").GetProperty("certificates")[0].GetBytesFromBase64());
        Assert.Contains("Nguyễn Thị Hạnh", certificate.Subject, StringComparison.Ordinal);
        using var root = X509Certificate2.CreateFromPem(await lab.Http.GetStringAsync(new Uri("/signing/root.pem", UriKind.Relative), Ct));
        Assert.Equal(root.Subject, certificate.Issuer);

        var hash = SHA256.HashData([1]);
        Assert.EndsWith("123", (await PostAsync("/csc/v2/credentials/getChallenge", new { credentialID = "csc-hanh" })).Body.GetProperty("sentTo").GetString(), StringComparison.Ordinal);
        var code = (await lab.Http.GetFromJsonAsync<JsonElement>("/signing/csc/codes/csc-hanh", Ct)).GetProperty("code").GetString()!;
        Assert.Equal("invalid_pin", (await AuthorizeAsync("0", code, hash)).GetProperty("error").GetString());
        Assert.Equal("invalid_otp", (await AuthorizeAsync("123456", "x", hash)).GetProperty("error").GetString());
        var sad = (await AuthorizeAsync("123456", code, hash)).GetProperty("SAD").GetString();
        // A dictionary, because the protocol's SAD is not camelCase.
        var request = new Dictionary<string, object> { ["credentialID"] = "csc-hanh", ["SAD"] = sad!, ["hashes"] = new[] { hash }, ["clientData"] = "o" };
        var signed = (await PostAsync("/csc/v2/signatures/signHash", request)).Body;
        using var key = certificate.GetECDsaPublicKey()!;
        Assert.True(key.VerifyHash(hash, signed.GetProperty("signatures")[0].GetBytesFromBase64(), DSASignatureFormat.Rfc3279DerSequence));
        var again = await PostAsync("/csc/v2/signatures/signHash", request);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_sad"), (again.Status, again.Body.GetProperty("error").GetString()));
        Assert.Equal(1, (await lab.Http.GetFromJsonAsync<JsonElement>("/signing/csc/orders", Ct)).GetProperty("o").GetInt32());
        Assert.Equal("invalid_request", (await PostAsync("/csc/v2/credentials/info", new { credentialID = "nobody" })).Body.GetProperty("error").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await lab.Http.GetAsync(new Uri("/signing/csc/codes/nobody", UriKind.Relative), Ct)).StatusCode);
    }

    private async Task<JsonElement> AuthorizeAsync(string pin, string code, byte[] hash) =>
        (await PostAsync("/csc/v2/credentials/authorize", new { credentialID = "csc-hanh", hashes = new[] { hash }, authData = Data(pin, code) })).Body;

    [Fact]
    public async Task Five_wrong_tries_lock_a_credential_until_it_is_unlocked()
    {
        await SignInAsync();
        for (var i = 0; i < 5; i++)
            Assert.Equal("invalid_pin", (await AuthorizeAsync("0", "0", new byte[32])).GetProperty("error").GetString());
        Assert.Equal("credential_locked", (await AuthorizeAsync("123456", "0", new byte[32])).GetProperty("error").GetString());
        await lab.Http.DeleteAsync(new Uri("/signing/csc/locks", UriKind.Relative), Ct);
        Assert.Equal("invalid_otp", (await AuthorizeAsync("123456", "0", new byte[32])).GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("csc.down", 503)]
    [InlineData("csc.unauthorized", 401)]
    [InlineData("csc.forbidden", 403)]
    public async Task Dials_make_the_csc_server_fail(string dial, int status)
    {
        await SignInAsync();
        await lab.DialAsync(dial, true, times: 1);
        Assert.Equal(status, (int)(await PostAsync("/csc/v2/info", new { })).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("/csc/v2/info", new { })).Status);
    }

    private async Task<(string Tran, string Serial)> OrderAsync()
    {
        var listed = (await PostAsync("/sca/sp769/v1/credentials/get_certificate", new { sp_id = "halong", sp_password = "sp", user_id = User })).Body;
        var serial = listed.GetProperty("data").GetProperty("user_certificates")[0].GetProperty("serial_number").GetString()!;
        var asked = (await PostAsync("/sca/sp769/v1/signatures/sign", new
        {
            sp_id = "halong",
            sp_password = "sp",
            user_id = User,
            serial_number = serial,
            transaction_id = "ours",
            transaction_desc = "Đơn",
            sign_files = new[] { new { doc_id = "a", data_to_be_signed = Convert.ToHexStringLower(SHA256.HashData([1])) } },
        })).Body;
        Assert.Equal("sig_wait_for_user_confirm", asked.GetProperty("message").GetString());
        return (asked.GetProperty("data").GetProperty("tran_code").GetString()!, serial);
    }

    private async Task<JsonElement> StatusAsync(string tran) =>
        (await PostAsync($"/sca/sp769/v1/signatures/sign/{tran}/status", new { sp_id = "halong", sp_password = "sp" })).Body;

    [Theory]
    [InlineData("confirm", "completed", 1)]
    [InlineData("decline", "failed", 0)]
    [InlineData("fail", "failed", 0)]
    public async Task A_person_answers_on_the_telephone_once(string answer, string message, int signatures)
    {
        var (tran, _) = await OrderAsync();
        Assert.Equal("pending", (await StatusAsync(tran)).GetProperty("message").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync($"/signing/smartca/orders/{tran}/answer", new { answer = "maybe" })).Status);
        var answered = (await PostAsync($"/signing/smartca/orders/{tran}/answer", new { answer })).Body;
        // Nobody listens at the hook's address; the telephone does not mind.
        Assert.Equal(0, answered.GetProperty("told")[0].GetInt32());
        await PostAsync($"/signing/smartca/orders/{tran}/answer", new { answer = "decline" });
        var status = await StatusAsync(tran);
        Assert.Equal((message, signatures, "ours"), (status.GetProperty("message").GetString(), status.GetProperty("data").GetProperty("signatures").GetArrayLength(),
            status.GetProperty("data").GetProperty("transaction_id").GetString()));
    }

    [Fact]
    public async Task The_gateway_knows_its_client_its_people_and_its_orders()
    {
        var refused = await PostAsync("/sca/sp769/v1/credentials/get_certificate", new { sp_id = "halong", sp_password = "wrong", user_id = User });
        Assert.Equal((HttpStatusCode.Unauthorized, "SP_CREDENTIAL_INVALID"), (refused.Status, refused.Body.GetProperty("message").GetString()));
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("/sca/sp769/v1/signatures/sign", new { sp_id = "halong", sp_password = "sp", user_id = User, serial_number = "00" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("/sca/sp769/v1/signatures/sign/T0/status", new { sp_id = "halong", sp_password = "sp" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("/signing/smartca/orders/T0/answer", new { answer = "confirm" })).Status);
        await lab.DialAsync("smartca.forbidden", true, times: 1);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync("/sca/sp769/v1/signatures/sign/T0/status", new { sp_id = "halong", sp_password = "sp" })).Status);
    }

    [Fact]
    public async Task Nobody_answers_an_order_for_ever()
    {
        await using var hasty = await Lab.StartAsync(("Signing:SmartCaSpPassword", "sp"), ("Signing:Lasts", "00:00:00"));
        (lab, var first) = (hasty, lab);
        await first.DisposeAsync();
        var (tran, _) = await OrderAsync();
        var status = await StatusAsync(tran);
        Assert.Equal(("expired", "EXPIRED"), (status.GetProperty("message").GetString(), status.GetProperty("code").GetString()));
    }
}
