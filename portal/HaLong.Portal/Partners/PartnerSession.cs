using System.Security.Cryptography;
using System.Text.Json;
using HaLong.Portal.Session;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace HaLong.Portal.Partners;

/// <summary>
/// Subscriptions belong to clients and not to people: a partner shows itself by id and secret. They stay here, encrypted in Redis, for as long as the
/// session; the browser has a random number, as with the sessions of people.
/// </summary>
internal sealed partial class PartnerSession(
    IConnectionMultiplexer redis, IDataProtectionProvider protection, IHttpClientFactory clients, IOptionsMonitor<OpenIdConnectOptions> oidc,
    IOptions<PortalOptions> options, TimeProvider time,
    ILogger<PartnerSession> log)
{
    private const string Prefix = "portal:partner:", Scope = "halong.events", ForwardedFor = "X-Forwarded-For";
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(30);
    private readonly IDataProtector _protector = protection.CreateProtector("HaLong.Portal.Partners");

    /// <summary>What is kept.</summary>
    internal sealed record Kept(string ClientId, string Secret, string Token, DateTimeOffset TokenUntil, DateTimeOffset Until);

    /// <summary>Begins a session; false when id and secret are not taken.</summary>
    /// <exception cref="HttpRequestException">Nobody can be asked now.</exception>
    public async Task<bool> BeginAsync(HttpContext context, string clientId, string secret, CancellationToken ct)
    {
        if (await AskAsync(context, clientId, secret, time.GetUtcNow() + options.Value.SessionLongest, ct) is not { } kept)
            return false;
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await SaveAsync(key, kept);
        var (name, policy) = Named;
        context.Response.Cookies.Append(name, key, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = policy == CookieSecurePolicy.Always,
            Path = "/"
        });
        return true;
    }

    /// <summary>Who it is, with a token that lasts; null for nobody.</summary>
    public async Task<Kept?> ReadAsync(HttpContext context, CancellationToken ct)
    {
        if (KeyOf(context) is not { } key)
            return null;
        try
        {
            byte[]? stored = await redis.GetDatabase().StringGetSetExpiryAsync(Prefix + key, options.Value.SessionIdle);
            if (stored is null || JsonSerializer.Deserialize<Kept>(_protector.Unprotect(stored)) is not { } kept || kept.Until <= time.GetUtcNow())
                return null;
            if (kept.TokenUntil - Ahead > time.GetUtcNow())
                return kept;
            if (await AskAsync(context, kept.ClientId, kept.Secret, kept.Until, ct) is not { } fresh)
                return null;
            await SaveAsync(key, fresh);
            return fresh;
        }
        catch (Exception e) when (e is RedisException or TimeoutException or CryptographicException or HttpRequestException)
        {
            Lost(log, e.GetType().Name);
            return null;
        }
    }

    public async Task EndAsync(HttpContext context)
    {
        if (KeyOf(context) is { } key)
            await redis.GetDatabase().KeyDeleteAsync(Prefix + key);
        context.Response.Cookies.Delete(Named.Name, new CookieOptions { Path = "/", Secure = options.Value.IsSecure });
    }

    private (string Name, CookieSecurePolicy Policy) Named => SessionSetup.Named("portal-partner", options.Value);

    private string? KeyOf(HttpContext context) => context.Request.Cookies[Named.Name] is { Length: 64 } key && key.All(char.IsAsciiHexDigitLower) ? key : null;

    private Task<bool> SaveAsync(string key, Kept kept) =>
        redis.GetDatabase().StringSetAsync(Prefix + key, _protector.Protect(JsonSerializer.SerializeToUtf8Bytes(kept)), options.Value.SessionIdle);

    private async Task<Kept?> AskAsync(HttpContext context, string clientId, string secret, DateTimeOffset until, CancellationToken ct)
    {
        var metadata = await oidc.Get(OpenIdConnectDefaults.AuthenticationScheme).ConfigurationManager!.GetConfigurationAsync(ct);
        using var request = new HttpRequestMessage(HttpMethod.Post, metadata.TokenEndpoint);
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = clientId,
            ["client_secret"] = secret,
            ["scope"] = Scope,
        });
        // Whoever guesses secrets is counted by the gateway, and not the portal.
        if (context.Request.Headers[ForwardedFor].ToString() is { Length: > 0 } address)
            request.Headers.TryAddWithoutValidation(ForwardedFor, address);
        using var answer = await clients.CreateClient(TokenKeeper.Client).SendAsync(request, ct);
        if ((int)answer.StatusCode >= StatusCodes.Status500InternalServerError || answer.StatusCode == System.Net.HttpStatusCode.TooManyRequests)
            throw new HttpRequestException(null, null, answer.StatusCode);
        if (!answer.IsSuccessStatusCode)
            return null;
        var tokens = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
        return new Kept(clientId, secret, tokens.GetProperty("access_token").GetString()!, time.GetUtcNow().AddSeconds(tokens.GetProperty("expires_in").GetInt32()),
            until);
    }

    [LoggerMessage(8050, LogLevel.Warning, "A partner's session cannot be read ({Reason}): it counts as signed out")]
    private static partial void Lost(ILogger log, string reason);
}
