using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.NationalPortal;

/// <summary>The portal's token, fetched once and kept until shortly before it expires.</summary>
internal sealed class PortalToken(IHttpClientFactory clients, IOptions<PortalOptions> options, TimeProvider time) : IDisposable
{
    public const string HttpClient = "national-portal";
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim gate = new(1);
    private volatile Kept? kept;

    /// <exception cref="HttpRequestException">It gives none.</exception>
    public async Task<string> GetAsync(CancellationToken ct)
    {
        if (kept is { } known && known.Until > time.GetUtcNow())
            return known.Token;
        await gate.WaitAsync(ct);
        try
        {
            // Somebody else may have fetched it meanwhile.
            if (kept is { } fetched && fetched.Until > time.GetUtcNow())
                return fetched.Token;
            using var form = new FormUrlEncodedContent(
            [
                new("grant_type", "client_credentials"), new("client_id", options.Value.ClientId), new("client_secret", options.Value.ClientSecret),
            ]);
            using var response = await clients.CreateClient(HttpClient).PostAsync(options.Value.At("/api/v1/token"), form, ct);
            response.EnsureSuccessStatusCode();
            var answer = await response.Content.ReadFromJsonAsync<Answer>(ct);
            if (answer is not { Token.Length: > 0 })
                throw new HttpRequestException("The portal's answer has no token.");
            kept = new Kept(answer.Token, time.GetUtcNow() + Max(TimeSpan.FromSeconds(answer.ExpiresIn) - Margin, TimeSpan.FromSeconds(1)));
            return answer.Token;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>It was not accepted: the next one is fetched.</summary>
    public void Forget() => kept = null;

    public void Dispose() => gate.Dispose();

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private sealed record Kept(string Token, DateTimeOffset Until);

    private sealed record Answer([property: JsonPropertyName("access_token")] string? Token, [property: JsonPropertyName("expires_in")] int ExpiresIn);
}
