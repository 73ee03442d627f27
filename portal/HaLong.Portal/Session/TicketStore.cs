using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace HaLong.Portal.Session;

/// <summary>
/// Sessions in Redis, encrypted: the browser has nothing but a number that says nothing. Who reads Redis without the keys cannot act as anybody.
/// Without Redis nobody is signed in, and the public pages go on.
/// </summary>
internal sealed partial class TicketStore(
    IConnectionMultiplexer redis, IDataProtectionProvider protection, IOptions<PortalOptions> options, ILogger<TicketStore> log) : ITicketStore
{
    private const string Prefix = "portal:session:";
    private readonly IDataProtector _protector = protection.CreateProtector("HaLong.Portal.Session");

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await RenewAsync(key, ticket);
        return key;
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket) => redis.GetDatabase().StringSetAsync(
        Prefix + key, _protector.Protect(TicketSerializer.Default.Serialize(ticket)), options.Value.SessionIdle);

    public Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken)
    {
        httpContext.Features.Set(new SessionKeyFeature(key));
        return RetrieveAsync(key);
    }

    /// <summary>Each look makes the session last longer.</summary>
    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        try
        {
            byte[]? stored = await redis.GetDatabase().StringGetSetExpiryAsync(Prefix + key, options.Value.SessionIdle);
            return stored is null ? null : TicketSerializer.Default.Deserialize(_protector.Unprotect(stored));
        }
        catch (Exception e) when (e is RedisException or TimeoutException or CryptographicException)
        {
            Lost(log, e.GetType().Name);
            return null;
        }
    }

    public Task RemoveAsync(string key) => redis.GetDatabase().KeyDeleteAsync(Prefix + key);

    /// <summary>Only one of those who ask at once may do something to a session for a moment.</summary>
    public async Task<bool> TakeAsync(string key, TimeSpan hold) =>
        await redis.GetDatabase().StringSetAsync(Prefix + key + ":busy", "1", hold, When.NotExists);

    public Task ReleaseAsync(string key) => redis.GetDatabase().KeyDeleteAsync(Prefix + key + ":busy");

    [LoggerMessage(8001, LogLevel.Warning, "A session cannot be read ({Reason}): its visitor counts as signed out")]
    private static partial void Lost(ILogger log, string reason);
}

/// <summary>The key of the session of this request.</summary>
internal sealed record SessionKeyFeature(string Key);
