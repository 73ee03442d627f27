using System.Collections.Concurrent;
using HaLong.ServiceDefaults;

namespace HaLong.Signatures.Providers.Csc;

/// <summary>Tokens of this service at CSC providers (OAuth 2 client credentials), kept until shortly before their end.</summary>
internal sealed class CscTokens(ProviderChannel channel, TimeProvider time)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> kept = new(StringComparer.Ordinal);

    /// <returns>SIG-0411 when the provider does not know this client, SIG-0402 when it does not answer.</returns>
    public async Task<Result<string>> GetAsync(string provider, CscOptions options, CancellationToken ct)
    {
        if (options.ServiceToken.Length > 0)
            return options.ServiceToken;
        if (kept.TryGetValue(provider, out var known) && time.GetUtcNow() < known.Until)
            return known.Token;
        var url = new Uri(options.TokenUrl.Length > 0 ? options.TokenUrl : options.Url.TrimEnd('/') + "/csc/v2/oauth2/token");
        var answer = await channel.FormAsync(provider, "token", url, new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = options.ClientId,
            ["client_secret"] = options.ClientSecret,
            ["scope"] = options.Scope,
        }, TimeSpan.FromSeconds(options.TimeoutSeconds), ct);
        if (!answer.IsOk)
            return answer.Reached == Reached.Answered && answer.Status is 400 or 401 or 403 ? ProviderErrors.NotAccepted : ProviderErrors.Unavailable;
        if (answer.Body.Text("access_token") is not { Length: > 0 } token)
            return ProviderErrors.Unreadable;
        kept[provider] = (token, time.GetUtcNow() + TimeSpan.FromSeconds(Math.Clamp(answer.Body.Number("expires_in") ?? 300, 0, 86_400)) - Margin);
        return token;
    }

    /// <summary>A token that was refused is not used again.</summary>
    public void Forget(string provider) => kept.TryRemove(provider, out _);
}
