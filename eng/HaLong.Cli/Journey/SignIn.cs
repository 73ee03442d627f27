using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Web;

namespace HaLong.Cli.Journey;

/// <summary>Signs people in as a front end does (authorization code with PKCE, the sign-in page filled in) and systems by client credentials.</summary>
internal static partial class SignIn
{
    private const string RedirectUri = "http://127.0.0.1/callback";

    /// <summary>Access token of a person.</summary>
    public static async Task<string> AsPersonAsync(string gateway, string userName, string password) =>
        AccessToken(await TokensAsync(gateway, userName, password));

    /// <summary>All tokens that a person's front end gets.</summary>
    public static async Task<JsonNode> TokensAsync(string gateway, string userName, string password)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        using var http = new HttpClient(handler) { BaseAddress = new Uri(gateway) };
        var verifier = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var challenge = Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var state = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var authorize = "/connect/authorize?response_type=code&client_id=web&scope=" + Uri.EscapeDataString("openid profile halong.api offline_access")
            + $"&redirect_uri={Uri.EscapeDataString(RedirectUri)}&code_challenge={challenge}&code_challenge_method=S256&state={state}";
        var callback = await FollowAsync(http, authorize, userName, password);
        var query = HttpUtility.ParseQueryString(callback.Query);
        if (query["state"] != state || query["code"] is not { } code)
        {
            throw new JourneyException("Sign-in came back without a code: " + callback);
        }

        return await TokenAsync(http, new()
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = "web",
            ["code"] = code,
            ["redirect_uri"] = RedirectUri,
            ["code_verifier"] = verifier,
        });
    }

    /// <summary>Tokens of the same sign-in, with what is true of it now.</summary>
    public static Task<JsonNode> RefreshAsync(HttpClient http, string refreshToken) =>
        TokenAsync(http, new() { ["grant_type"] = "refresh_token", ["client_id"] = "web", ["refresh_token"] = refreshToken });

    /// <summary>Access token of a partner system.</summary>
    public static async Task<string> AsClientAsync(string gateway, string clientId, string secret, string scope)
    {
        using var http = new HttpClient { BaseAddress = new Uri(gateway) };
        return AccessToken(await TokenAsync(http, new() { ["grant_type"] = "client_credentials", ["client_id"] = clientId, ["client_secret"] = secret, ["scope"] = scope }));
    }

    /// <summary>A token in somebody else's name, for who may act for that person (RFC 8693).</summary>
    public static async Task<string> ForAnotherAsync(string gateway, string token, string right, string id)
    {
        using var http = new HttpClient { BaseAddress = new Uri(gateway) };
        return AccessToken(await TokenAsync(http, new()
        {
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:token-exchange",
            ["client_id"] = "web",
            ["subject_token"] = token,
            ["subject_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
            [right] = id,
        }));
    }

    private static async Task<Uri> FollowAsync(HttpClient http, string start, string userName, string password)
    {
        var next = new Uri(http.BaseAddress!, start);
        for (var hop = 0; hop < 10; hop++)
        {
            using var response = await http.GetAsync(next);
            var target = response.Headers.Location;
            if (target is null)
            {
                using var posted = await http.PostAsync(next, Form(await response.Content.ReadAsStringAsync(), userName, password));
                target = posted.Headers.Location ?? throw new JourneyException($"The sign-in page did not accept {userName}: {(int)posted.StatusCode}.");
            }

            next = new Uri(next, target);
            if (next.GetLeftPart(UriPartial.Path) == RedirectUri)
            {
                return next;
            }
        }

        throw new JourneyException("Sign-in redirects in a circle.");
    }

    /// <summary>The sign-in form as it stands on the page, filled in.</summary>
    internal static FormUrlEncodedContent Form(string page, string userName, string password)
    {
        // The page offers other ways in as well, each with a form of its own.
        var form = PageForm().Matches(page).Select(m => m.Value).FirstOrDefault(f => f.Contains("name=\"password\"", StringComparison.Ordinal)) ?? page;
        var fields = HiddenInput().Matches(form).Select(m => (Name: Attribute(m.Value, "name"), Value: Attribute(m.Value, "value")))
            .Where(f => f.Name.Length > 0).DistinctBy(f => f.Name).ToDictionary(f => f.Name, f => f.Value);
        fields["userName"] = userName;
        fields["password"] = password;
        return new FormUrlEncodedContent(fields);
    }

    private static string Attribute(string tag, string name) =>
        HttpUtility.HtmlDecode(Regex.Match(tag, name + "=\"([^\"]*)\"", RegexOptions.IgnoreCase).Groups[1].Value);

    private static string AccessToken(JsonNode tokens) => tokens["access_token"]!.GetValue<string>();

    private static async Task<JsonNode> TokenAsync(HttpClient http, Dictionary<string, string> form)
    {
        using var response = await http.PostAsync(new Uri("/connect/token", UriKind.Relative), new FormUrlEncodedContent(form));
        var body = await response.Content.ReadFromJsonAsync<JsonNode>();
        return body?["access_token"] is not null ? body : throw new JourneyException($"No token: {(int)response.StatusCode} {body?.ToJsonString()}");
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex PageForm();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex HiddenInput();
}
