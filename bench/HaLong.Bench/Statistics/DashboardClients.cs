using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HaLong.Bench.Load;
using HaLong.Cli.Journey;
using HaLong.Cli.Platform;

namespace HaLong.Bench.Statistics;

/// <summary>Who looks at dashboards: the leader of a unit, an auditor who sees all, and anybody; through the gateway with tokens of their own.</summary>
internal sealed class DashboardClients(PlatformFile platform) : IDisposable
{
    private const int DeepPages = 5;

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = int.MaxValue })
    {
        BaseAddress = new Uri(platform.Gateway),
        Timeout = TimeSpan.FromMinutes(1),
    };

    private readonly Dictionary<string, string> _tokens = [];

    /// <summary>A token lives for minutes, a run may take longer.</summary>
    public async Task SignInAsync(IEnumerable<string> accounts)
    {
        foreach (var who in accounts)
        {
            var account = platform.Account(who);
            _tokens[who] = await SignIn.AsPersonAsync(platform.Gateway, account.UserName, account.Password);
        }
    }

    /// <summary>The whole answer; everything but 200 is an error.</summary>
    public async Task<byte[]> AskAsync(Question question)
    {
        using var request = new HttpRequestMessage(question.Body is null ? HttpMethod.Get : HttpMethod.Post, question.Path);
        request.Content = question.Body is { } body ? JsonContent.Create(body) : null;
        if (question.Who is { } who)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _tokens[who]);
        }

        using var answer = await _http.SendAsync(request);
        return answer.StatusCode == HttpStatusCode.OK
            ? await answer.Content.ReadAsByteArrayAsync()
            : throw new LoadException($"{question.Path.Split('?')[0]} {(int)answer.StatusCode}");
    }

    /// <summary>The same question, some pages of a hundred further down; null when it has but one.</summary>
    public async Task<Question?> DeepAsync(Question question)
    {
        string? after = null;
        for (var page = 0; page < DeepPages; page++)
        {
            if (JsonNode.Parse(await AskAsync(At(question, after, "&limit=100")))?["after"]?.GetValue<string>() is not { } next)
            {
                break;
            }

            after = next;
        }

        return after is null ? null : At(question, after, "") with { Name = question.Name + "_deep" };
    }

    public void Dispose() => _http.Dispose();

    private static Question At(Question question, string? after, string limit) =>
        question with { Path = question.Path + (after is null ? "" : "&after=" + Uri.EscapeDataString(after)) + limit };
}
