using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;

namespace HaLong.Identity.Tests;

/// <summary>What a person's browser and the client behind it do: one cookie jar, redirects followed by hand.</summary>
internal sealed partial class Browser(HttpClient http)
{
    public const string Redirect = "http://127.0.0.1/callback";
    public const string Verifier = "a-verifier-of-more-than-forty-three-characters-0123456789";
    public const string AllScopes = "openid profile email offline_access halong.api";

    public static readonly string Challenge = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public HttpClient Http { get; } = http;

    public static Dictionary<string, string?> AuthorizeParameters(string client = "web", string scope = AllScopes) => new()
    {
        ["client_id"] = client,
        ["response_type"] = "code",
        ["redirect_uri"] = Redirect,
        ["scope"] = scope,
        ["state"] = "the-state",
        ["nonce"] = "the-nonce",
        ["code_challenge"] = Challenge,
        ["code_challenge_method"] = "S256",
    };

    public Task<HttpResponseMessage> AuthorizeAsync(Dictionary<string, string?> parameters) =>
        Http.GetAsync(new Uri(QueryHelpers.AddQueryString("/connect/authorize", parameters), UriKind.Relative));

    /// <summary>Opens the page, fills in the form as it stands there and sends it.</summary>
    public async Task<HttpResponseMessage> SubmitSignInAsync(string userName, string password, string page = "/account/sign-in")
    {
        using var opened = await Http.GetAsync(new Uri(page, UriKind.RelativeOrAbsolute));
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        var html = await opened.Content.ReadAsStringAsync();
        var form = HiddenFields(html);
        form["userName"] = userName;
        form["password"] = password;
        return await Http.PostAsync(new Uri(WebUtility.HtmlDecode(Action().Match(html).Groups[1].Value), UriKind.Relative), new FormUrlEncodedContent(form));
    }

    /// <summary>Goes from the client's authorization request to the code, signing in on the way.</summary>
    public async Task<Uri> SignInAsync(string userName, Dictionary<string, string?>? parameters = null)
    {
        using var first = await AuthorizeAsync(parameters ?? AuthorizeParameters());
        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        using var signedIn = await SubmitSignInAsync(userName, IdentityProgram.DemoPassword, first.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        using var back = await Http.GetAsync(signedIn.Headers.Location);
        Assert.Equal(HttpStatusCode.Redirect, back.StatusCode);
        return back.Headers.Location!;
    }

    public async Task<string> CodeAsync(string userName, Dictionary<string, string?>? parameters = null) =>
        Query(await SignInAsync(userName, parameters))["code"];

    public async Task<JsonElement> TokensAsync(string userName, string scope = AllScopes, string client = "web") =>
        await OkAsync(await ExchangeAsync(await CodeAsync(userName, AuthorizeParameters(client, scope)), client: client));

    public Task<HttpResponseMessage> ExchangeAsync(string code, string? verifier = Verifier, string client = "web", string redirect = Redirect) => TokenAsync(new()
    {
        ["grant_type"] = "authorization_code",
        ["client_id"] = client,
        ["code"] = code,
        ["redirect_uri"] = redirect,
        ["code_verifier"] = verifier,
    });

    public Task<HttpResponseMessage> RefreshAsync(string refreshToken, string client = "web") => TokenAsync(new()
    {
        ["grant_type"] = "refresh_token",
        ["client_id"] = client,
        ["refresh_token"] = refreshToken,
    });

    public Task<HttpResponseMessage> ClientCredentialsAsync(string client, string? secret, string? scope) => TokenAsync(new()
    {
        ["grant_type"] = "client_credentials",
        ["client_id"] = client,
        ["client_secret"] = secret,
        ["scope"] = scope,
    });

    public Task<HttpResponseMessage> TokenAsync(Dictionary<string, string?> form) => Http.PostAsync(
        new Uri("/connect/token", UriKind.Relative), new FormUrlEncodedContent(form.Where(f => f.Value is not null)!));

    public static async Task<JsonElement> OkAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var body = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {body}");
            return JsonSerializer.Deserialize<JsonElement>(body);
        }
    }

    /// <summary>The OAuth error of a refused token request.</summary>
    public static async Task<string> ErrorAsync(HttpResponseMessage response)
    {
        using (response)
        {
            Assert.False(response.IsSuccessStatusCode);
            return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString()!;
        }
    }

    public static Dictionary<string, string> Query(Uri uri) =>
        QueryHelpers.ParseQuery(uri.Query).ToDictionary(q => q.Key, q => q.Value.ToString());

    public static JsonWebToken Read(JsonElement tokens, string name = "access_token") => new(tokens.GetProperty(name).GetString());

    /// <summary>Hidden fields of the page's first form.</summary>
    public static Dictionary<string, string> HiddenFields(string html) =>
        Hidden().Matches(html.Split("</form>")[0]).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)">""")]
    private static partial Regex Hidden();

    [GeneratedRegex("""<form method="post" action="([^"]+)" """)]
    private static partial Regex Action();
}
