using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace HaLong.Portal.Session;

/// <summary>Whether somebody may still act for somebody else: with a token; else refused, or the own sign-in is over, or nobody can be asked at the moment.</summary>
internal sealed record ActingAnswer(string? Token, bool IsRefused = false, bool NeedsSignIn = false);

/// <summary>Begins and ends working in somebody else's name, and swaps the own token for one in that name (RFC 8693).</summary>
internal sealed partial class ActingKeeper(
    IHttpClientFactory clients, TicketStore sessions, TokenKeeper tokens, IMemoryCache cache, IOptionsMonitor<OpenIdConnectOptions> oidc, TimeProvider time,
    ILogger<ActingKeeper> log)
{
    private const string Exchange = "urn:ietf:params:oauth:grant-type:token-exchange", AccessToken = "urn:ietf:params:oauth:token-type:access_token";
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(30), Hold = TimeSpan.FromSeconds(10), Look = TimeSpan.FromMilliseconds(100);

    /// <summary>From the next request on the session works in this name; null ends it. False when the session is gone.</summary>
    public async Task<bool> SetAsync(HttpContext context, Acting? acting, CancellationToken ct)
    {
        if (context.Features.Get<SessionKeyFeature>()?.Key is not { } key)
            return false;
        for (var waited = TimeSpan.Zero; waited < Hold; waited += Look)
        {
            // Not while tokens are being renewed: one of the two would be lost.
            if (await sessions.TakeAsync(key, Hold))
            {
                try
                {
                    if (await sessions.RetrieveAsync(key) is not { } ticket)
                        return false;
                    if (Acting.Of(ticket.Properties) is { } before)
                        cache.Remove(Cached(key, before));
                    Acting.Keep(ticket.Properties, acting);
                    await sessions.RenewAsync(key, ticket);
                    return true;
                }
                finally
                {
                    await sessions.ReleaseAsync(key);
                }
            }

            await Task.Delay(Look, time, ct);
        }

        return false;
    }

    /// <summary>The token in the other's name.</summary>
    public async Task<ActingAnswer> TokenAsync(string key, AuthenticationTicket ticket, Acting acting, CancellationToken ct)
    {
        if (cache.TryGetValue<string>(Cached(key, acting), out var known))
            return new ActingAnswer(known);
        if (await tokens.FreshAsync(key, ticket, ct) is not { } own)
            return new ActingAnswer(null, NeedsSignIn: true);
        try
        {
            var metadata = await oidc.Get(OpenIdConnectDefaults.AuthenticationScheme).ConfigurationManager!.GetConfigurationAsync(ct);
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = Exchange,
                ["client_id"] = SessionSetup.Client,
                ["subject_token"] = own,
                ["subject_token_type"] = AccessToken,
                [acting.Right] = acting.Id.ToString(),
            });
            using var answer = await clients.CreateClient(TokenKeeper.Client).PostAsync(new Uri(metadata.TokenEndpoint), form, ct);
            if (!answer.IsSuccessStatusCode)
            {
                Refused(log, acting.Right, acting.Id, (int)answer.StatusCode);
                return new ActingAnswer(null, answer.StatusCode == System.Net.HttpStatusCode.BadRequest);
            }

            var got = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
            var token = got.GetProperty("access_token").GetString()!;
            var lasts = TimeSpan.FromSeconds(got.GetProperty("expires_in").GetInt32()) - Ahead;
            if (lasts > TimeSpan.Zero)
                cache.Set(Cached(key, acting), token, lasts);
            return new ActingAnswer(token);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or InvalidOperationException or IOException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new ActingAnswer(null);
        }
    }

    /// <summary>The token is swapped anew when it is needed again.</summary>
    public void Forget(HttpContext context, Acting acting)
    {
        if (context.Features.Get<SessionKeyFeature>()?.Key is { } key)
            cache.Remove(Cached(key, acting));
    }

    private static string Cached(string key, Acting acting) => $"acting:{key}:{acting.Id:N}";

    [LoggerMessage(8060, LogLevel.Information, "Acting by {Right} {Id} was refused ({Status})")]
    private static partial void Refused(ILogger log, string right, Guid id, int status);
}
