using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using System.Threading.RateLimiting;
using HaLong.Gateway.Routing;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace HaLong.Gateway.Limits;

/// <summary>
/// Limits each caller: the account or client of a valid token, else the address. Counted on this node.
/// One limiter for all routes, asked for the route's own limit, because only a limiter that we hold can tell what remains.
/// </summary>
internal sealed class CallerLimits : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _limiter;
    private readonly IOptions<RateLimitOptions> _options;
    private readonly TimeProvider _time;

    public CallerLimits(IOptions<RateLimitOptions> options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _limiter = PartitionedRateLimiter.Create<HttpContext, Partition>(context => NameOf(context) is { } name
            ? RateLimitPartition.Get(new Partition(name, CallerOf(context)), key => Create(key.Limit))
            : RateLimitPartition.GetNoLimiter(default(Partition)));
    }

    public PartitionedRateLimiter<HttpContext> Limiter => _limiter;

    /// <summary>Tells the caller what the limit is, what remains of it, and when it is whole again.</summary>
    /// <returns>Seconds until then.</returns>
    public int Describe(HttpContext context)
    {
        if (NameOf(context) is not { } name)
        {
            return 0;
        }

        var limit = _options.Value.Of(name);
        var reset = (int)Math.Ceiling(WindowLimiter.Reset(TimeSpan.FromSeconds(limit.WindowSeconds), _time).TotalSeconds);
        var headers = context.Response.Headers;
        headers["RateLimit-Limit"] = limit.Permits.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = (_limiter.GetStatistics(context)?.CurrentAvailablePermits ?? 0).ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = reset.ToString(CultureInfo.InvariantCulture);
        return reset;
    }

    public async ValueTask RefuseAsync(HttpContext context)
    {
        var error = CommonErrors.TooMany with { RetryAfterSeconds = Describe(context) };
        await error.ToProblem().ExecuteAsync(context);
    }

    public void Dispose() => _limiter.Dispose();

    /// <summary>Who is counted together. A home or an office holds a /64 of IPv6, not one address.</summary>
    internal static string CallerOf(HttpContext context)
    {
        if (context.User.FindFirstValue("sub") is { } subject)
        {
            return subject;
        }

        var address = ClientAddress.Of(context);
        if (address?.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address?.ToString() ?? "";
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes) + "/64";
    }

    private static string? NameOf(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName;

    private readonly record struct Partition(string Limit, string Caller);

    private WindowLimiter Create(string name)
    {
        var limit = _options.Value.Of(name);
        return new WindowLimiter(limit.Permits, TimeSpan.FromSeconds(limit.WindowSeconds), _time);
    }
}
