using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HaLong.ServiceDefaults;

/// <summary>How this service proves itself to its neighbours.</summary>
public sealed class ServiceAuthOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "ServiceAuth";

    /// <summary>Client id at identity: the name of the service.</summary>
    public string? ClientId { get; set; }

    /// <summary>Client secret at identity.</summary>
    public string? ClientSecret { get; set; }
}

/// <summary>Client-credentials token of this service, fetched once and kept until shortly before it expires.</summary>
internal sealed class ServiceTokens(IHttpClientFactory clients, IOptions<ServiceAuthOptions> options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private volatile CachedToken? _cached;

    public async ValueTask<string> GetAsync(CancellationToken ct)
    {
        if (_cached is { } known && known.Until > time.GetUtcNow())
        {
            return known.Token;
        }

        await _gate.WaitAsync(ct);
        try
        {
            // Somebody else may have fetched it while we waited.
            if (_cached is { } fetched && fetched.Until > time.GetUtcNow())
            {
                return fetched.Token;
            }

            using var response = await clients.CreateClient("service-tokens").PostAsync(new Uri("http://identity/connect/token"), Form(), ct);
            response.EnsureSuccessStatusCode();
            var answer = await response.Content.ReadFromJsonAsync<TokenAnswer>(ct) ?? throw new HttpRequestException("The token answer is empty.");
            _cached = new CachedToken(answer.AccessToken, time.GetUtcNow().AddSeconds(Math.Max(1, answer.ExpiresIn - 60)));
            return answer.AccessToken;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Identity did not accept it: the next one is fetched.</summary>
    public void Forget(string token)
    {
        if (_cached is { } known && known.Token == token)
        {
            _cached = null;
        }
    }

    public static void AddTo(IServiceCollection services)
    {
        services.AddOptions<ServiceAuthOptions>().BindConfiguration(ServiceAuthOptions.Section);

        // Not repeated: it happens inside a call with a deadline of its own, and the caller knows whether to wait.
        services.AddHttpClient("service-tokens", c => c.Timeout = TimeSpan.FromSeconds(3)).AddServiceDiscovery();
        services.AddSingleton<ServiceTokens>();
    }

    public void Dispose() => _gate.Dispose();

    private FormUrlEncodedContent Form() => new(new Dictionary<string, string>
    {
        ["grant_type"] = "client_credentials",
        ["client_id"] = options.Value.ClientId ?? "",
        ["client_secret"] = options.Value.ClientSecret ?? "",
        ["scope"] = Policies.InternalScope,
    });

    private sealed record CachedToken(string Token, DateTimeOffset Until);

    private sealed record TokenAnswer(
        [property: JsonPropertyName("access_token")] string AccessToken, [property: JsonPropertyName("expires_in")] int ExpiresIn);
}

/// <summary>Calls in a request carry the caller's token, calls in the background this service's own.</summary>
internal sealed class TokenHandler(ServiceTokens tokens, IHttpContextAccessor accessor) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var caller = accessor.HttpContext?.Request.Headers.Authorization.ToString();
        request.Headers.Authorization = caller is not null && AuthenticationHeaderValue.TryParse(caller, out var header)
            ? header
            : new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(cancellationToken));
        return await base.SendAsync(request, cancellationToken);
    }
}
