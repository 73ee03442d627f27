using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace HaLong.PartnerLab.Tests;

public sealed class VneidTests : IAsyncLifetime
{
    private const string Verifier = "a-verifier-of-more-than-forty-three-characters-0123456789";
    private const string Redirect = "http://127.0.0.1:5000/account/external/vneid/callback";
    private Lab lab = null!; // set by InitializeAsync
    private HttpClient http = null!; // set by InitializeAsync

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        lab = await Lab.StartAsync();
        http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = lab.Http.BaseAddress };
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await lab.DisposeAsync();
    }

    [Fact]
    public async Task The_discovery_document_names_every_address_below_the_issuer()
    {
        var document = await http.GetFromJsonAsync<JsonElement>("/vneid/.well-known/openid-configuration", Ct);
        var issuer = document.GetProperty("issuer").GetString()!;

        Assert.Equal(lab.Http.BaseAddress + "vneid", issuer);
        foreach (var name in new[] { "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri" })
            Assert.StartsWith(issuer + "/", document.GetProperty(name).GetString(), StringComparison.Ordinal);
        Assert.Equal("S256", document.GetProperty("code_challenge_methods_supported")[0].GetString());
    }

    [Fact]
    public async Task A_client_comes_to_a_signed_id_token_and_the_claims_of_the_national_portal()
    {
        var callback = await PickAsync("vneid-hanh");
        Assert.Equal(("the-state", Issuer), (callback["state"], callback["iss"]));
        var tokens = await OkAsync(await TokenAsync(callback["code"]));

        var id = await ValidAsync(tokens.GetProperty("id_token").GetString()!);
        Assert.Equal(("vneid-hanh", "the-nonce", "2"), (id.Claims["sub"], id.Claims["nonce"], id.Claims["loAs"]));
        var claims = await UserInfoAsync(tokens.GetProperty("access_token").GetString()!);
        Assert.Equal("022185000123", claims.GetProperty("SoDinhDanh").GetString());
        Assert.Equal(1, claims.GetProperty("LoaiTaiKhoan").GetInt32());
        foreach (var name in new[] { "HoVaTen", "NgayThangNamSinh", "GioiTinh", "SoDienThoai", "ThuDienTu", "DanToc", "TonGiao", "Cha", "Me", "VoChong", "ThuongTru", "MaBHXH", "HoChieu" })
            Assert.NotEmpty(claims.GetProperty(name).GetString()!);
    }

    [Theory]
    [InlineData("client_id", "nobody")]
    [InlineData("redirect_uri", "https://evil.example/callback")]
    [InlineData("response_type", "token")]
    [InlineData("scope", "profile")]
    [InlineData("code_challenge", "")]
    [InlineData("code_challenge_method", "plain")]
    public async Task A_request_that_is_not_in_order_is_answered_here_and_sends_nobody_back(string parameter, string value)
    {
        using var answer = await http.GetAsync(new Uri(Authorize((parameter, value)), UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    [Fact]
    public async Task The_page_lists_the_people_and_one_can_cancel()
    {
        var html = await http.GetStringAsync(new Uri(Authorize(), UriKind.Relative), Ct);
        Assert.Contains("Nguyễn Thị Hạnh – mức 2", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Equal("access_denied", (await PickAsync(""))["error"]);
    }

    [Fact]
    public async Task A_code_needs_verifier_secret_and_address_and_works_once()
    {
        Assert.Equal("invalid_grant", await ErrorAsync(await TokenAsync((await PickAsync("vneid-lan"))["code"], verifier: new string('x', 50))));
        Assert.Equal("invalid_grant", await ErrorAsync(await TokenAsync((await PickAsync("vneid-lan"))["code"], redirect: "http://127.0.0.1:5000/other")));
        Assert.Equal("invalid_client", await ErrorAsync(await TokenAsync((await PickAsync("vneid-lan"))["code"], secret: "guessed")));
        var code = (await PickAsync("vneid-lan"))["code"];
        await OkAsync(await TokenAsync(code));
        Assert.Equal("invalid_grant", await ErrorAsync(await TokenAsync(code)));
        Assert.Equal("invalid_grant", await ErrorAsync(await TokenAsync("never-given")));
    }

    [Fact]
    public async Task The_secret_may_come_as_basic_authentication_as_well()
    {
        var code = (await PickAsync("vneid-lan"))["code"];
        using var request = new HttpRequestMessage(HttpMethod.Post, "/vneid/token")
        {
            Headers = { Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("halong:halong-at-vneid"))) },
            Content = new FormUrlEncodedContent([new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", Redirect), new("code_verifier", Verifier)]),
        };
        await OkAsync(await http.SendAsync(request, Ct));
    }

    [Fact]
    public async Task User_info_wants_a_token()
    {
        using var nothing = await http.GetAsync(new Uri("/vneid/userinfo", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, nothing.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/vneid/userinfo") { Headers = { Authorization = new("Bearer", "guessed") } };
        using var guessed = await http.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, guessed.StatusCode);
    }

    [Fact]
    public async Task A_test_can_bring_its_own_people()
    {
        using var put = await http.PutAsJsonAsync("/vneid/people/mine", new { level = 1, kind = 1, claims = new Dictionary<string, string> { ["HoVaTen"] = "Người Của Tôi" } }, Ct);
        put.EnsureSuccessStatusCode();
        var tokens = await OkAsync(await TokenAsync((await PickAsync("mine"))["code"]));
        Assert.Equal("1", (await ValidAsync(tokens.GetProperty("id_token").GetString()!)).Claims["loAs"]);
    }

    [Theory]
    [InlineData("wrongSignature")]
    [InlineData("wrongIssuer")]
    [InlineData("wrongAudience")]
    [InlineData("expired")]
    public async Task A_dial_spoils_the_id_token_once(string dial)
    {
        await lab.DialAsync("vneid." + dial, true, times: 1);

        Assert.False((await ValidateAsync((await OkAsync(await TokenAsync((await PickAsync("vneid-lan"))["code"]))).GetProperty("id_token").GetString()!)).IsValid);
        Assert.True((await ValidateAsync((await OkAsync(await TokenAsync((await PickAsync("vneid-lan"))["code"]))).GetProperty("id_token").GetString()!)).IsValid);
    }

    [Fact]
    public async Task Dials_for_nonce_subject_claims_and_outage()
    {
        await lab.DialAsync("vneid.wrongNonce", true, times: 1);
        await lab.DialAsync("vneid.wrongSubject", true, times: 1);
        await lab.DialAsync("vneid.missingClaims", true, times: 1);
        var tokens = await OkAsync(await TokenAsync((await PickAsync("vneid-lan"))["code"]));
        Assert.NotEqual("the-nonce", (await ValidAsync(tokens.GetProperty("id_token").GetString()!)).Claims["nonce"]);
        var claims = await UserInfoAsync(tokens.GetProperty("access_token").GetString()!);
        Assert.Equal("somebody-else", claims.GetProperty("sub").GetString());
        Assert.False(claims.TryGetProperty("SoDinhDanh", out _));

        await lab.DialAsync("vneid.down", true);
        foreach (var path in new[] { "/vneid/.well-known/openid-configuration", "/vneid/jwks", Authorize() })
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), Ct);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }
    }

    private string Issuer => lab.Http.BaseAddress + "vneid";

    private static string Authorize(params (string Name, string Value)[] changes)
    {
        var parameters = new Dictionary<string, string?>
        {
            ["client_id"] = "halong",
            ["response_type"] = "code",
            ["redirect_uri"] = Redirect,
            ["scope"] = "openid profile",
            ["state"] = "the-state",
            ["nonce"] = "the-nonce",
            ["code_challenge"] = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changes)
            parameters[name] = value;
        return QueryHelpers.AddQueryString("/vneid/authorize", parameters);
    }

    private async Task<Dictionary<string, string>> PickAsync(string person)
    {
        var html = await http.GetStringAsync(new Uri(Authorize(), UriKind.Relative), Ct);
        var fields = Regex.Matches(html, "<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">").ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));
        fields["person"] = person;
        using var answer = await http.PostAsync(new Uri("/vneid/authorize", UriKind.Relative), new FormUrlEncodedContent(fields), Ct);
        Assert.StartsWith(Redirect + "?", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        return QueryHelpers.ParseQuery(answer.Headers.Location.Query).ToDictionary(q => q.Key, q => q.Value.ToString());
    }

    private Task<HttpResponseMessage> TokenAsync(string code, string verifier = Verifier, string redirect = Redirect, string secret = "halong-at-vneid") => http.PostAsync(
        new Uri("/vneid/token", UriKind.Relative), new FormUrlEncodedContent(
        [
            new("grant_type", "authorization_code"), new("client_id", "halong"), new("client_secret", secret), new("code", code), new("redirect_uri", redirect), new("code_verifier", verifier),
        ]), Ct);

    private async Task<JsonElement> UserInfoAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/vneid/userinfo") { Headers = { Authorization = new("Bearer", token) } };
        return await OkAsync(await http.SendAsync(request, Ct));
    }

    private async Task<TokenValidationResult> ValidateAsync(string token)
    {
        var keys = new JsonWebKeySet(await http.GetStringAsync(new Uri("/vneid/jwks", UriKind.Relative), Ct));
        return await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters { ValidIssuer = Issuer, ValidAudience = "halong", IssuerSigningKeys = keys.GetSigningKeys() });
    }

    private async Task<TokenValidationResult> ValidAsync(string token)
    {
        var result = await ValidateAsync(token);
        Assert.True(result.IsValid, result.Exception?.Message);
        return result;
    }

    private static async Task<JsonElement> OkAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(Ct);
            Assert.True(answer.IsSuccessStatusCode, text);
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
    }

    private static async Task<string> ErrorAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.False(answer.IsSuccessStatusCode);
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("error").GetString()!;
        }
    }
}
