using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HaLong.Bench.Load;
using HaLong.Cli.Journey;
using HaLong.Cli.Platform;

namespace HaLong.Bench.Scenarios;

/// <summary>People who sign in and systems that fetch and show tokens.</summary>
internal sealed class TokenClients(PlatformFile platform) : IDisposable
{
    private static readonly string[] People = ["citizen", "helper", "reception", "officer", "approver", "cashier", "leader", "auditor"];

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = int.MaxValue }) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly string?[] _refresh = new string?[People.Length];

    /// <summary>As many as there are accounts: two at one account would wait for each other.</summary>
    public static int Workers => People.Length;

    /// <summary>The sign-in page opened, filled in and sent: one password checked.</summary>
    public async Task SignInAsync(int worker)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        using var http = new HttpClient(handler) { BaseAddress = new Uri(platform.Gateway) };
        var page = new Uri("/account/sign-in?returnUrl=%2F", UriKind.Relative);
        var account = platform.Account(People[worker]);
        using var answer = await http.PostAsync(page, SignIn.Form(await http.GetStringAsync(page), account.UserName, account.Password));
        Expect(answer, HttpStatusCode.Redirect, "sign-in");
    }

    /// <summary>From the front end's request to its tokens, with everything between.</summary>
    public async Task CodeFlowAsync(int worker)
    {
        var account = platform.Account(People[worker]);
        _refresh[worker] = (await SignIn.TokensAsync(platform.Gateway, account.UserName, account.Password))["refresh_token"]!.GetValue<string>();
    }

    public async Task RefreshAsync(int worker)
    {
        var tokens = await TokenAsync(new() { ["grant_type"] = "refresh_token", ["client_id"] = "web", ["refresh_token"] = _refresh[worker]! });
        _refresh[worker] = tokens["refresh_token"]!.GetValue<string>();
    }

    public async Task<string> ClientCredentialsAsync()
    {
        var client = platform.Client("partner");
        var tokens = await TokenAsync(new() { ["grant_type"] = "client_credentials", ["client_id"] = client.ClientId, ["client_secret"] = client.ClientSecret, ["scope"] = "halong.events" });
        return tokens["access_token"]!.GetValue<string>();
    }

    /// <summary>A request, and the status that says how far it got.</summary>
    public async Task AskAsync(Uri address, string? token, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var answer = await _http.SendAsync(request);
        Expect(answer, expected, address.AbsolutePath);
    }

    public Uri At(string resource, string path) => new(new Uri(platform.Resources.First(r => r.Name == resource).Urls[0]), path);

    public void Dispose() => _http.Dispose();

    // Past the gateway: its limit on sign-in requests per address is there to keep one caller from doing what this does.
    private async Task<JsonNode> TokenAsync(Dictionary<string, string> form)
    {
        using var answer = await _http.PostAsync(At("identity", "/connect/token"), new FormUrlEncodedContent(form));
        Expect(answer, HttpStatusCode.OK, form["grant_type"]);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private static void Expect(HttpResponseMessage answer, HttpStatusCode expected, string what)
    {
        if (answer.StatusCode != expected)
        {
            throw new LoadException($"{what} {(int)answer.StatusCode}");
        }
    }
}
