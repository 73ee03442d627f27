using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HaLong.Bench.Load;
using HaLong.Cli.Journey;
using HaLong.Cli.Platform;

namespace HaLong.Bench.Queues;

/// <summary>Officials at their screens: requests through the gateway with tokens of their own.</summary>
internal sealed class QueueClients(PlatformFile platform) : IDisposable
{
    private static readonly string[] Roles = ["officer", "chief", "approver", "reception"];

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = int.MaxValue })
    {
        BaseAddress = new Uri(platform.Gateway),
        Timeout = TimeSpan.FromSeconds(30),
    };

    private readonly List<string> _tokens = [];

    /// <summary>Signs in all; the first one is the officer with work of his own.</summary>
    public async Task SignInAsync()
    {
        _tokens.Clear();
        foreach (var role in Roles)
        {
            var account = platform.Account(role);
            _tokens.Add(await SignIn.AsPersonAsync(platform.Gateway, account.UserName, account.Password));
        }
    }

    /// <summary>A page of a queue, or what a search finds when there is a body.</summary>
    public async Task<JsonNode?> AskAsync(string path, object? body = null, int worker = 0)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _tokens[worker % _tokens.Count]);
        using var answer = await _http.SendAsync(request);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            throw new LoadException($"{path.Split('?')[0]} {(int)answer.StatusCode}");
        }

        return await answer.Content.ReadFromJsonAsync<JsonNode>();
    }

    /// <summary>The cursor of a page so many rows down.</summary>
    public async Task<string?> DeepAsync(string path, int rows)
    {
        string? after = null;
        for (var seen = 0; seen < rows; seen += 100)
        {
            var page = await AskAsync($"{path}&limit=100{(after is null ? "" : "&after=" + after)}");
            if (page!["after"]?.GetValue<string>() is not { } next)
            {
                break;
            }

            after = next;
        }

        return after;
    }

    public void Dispose() => _http.Dispose();
}
