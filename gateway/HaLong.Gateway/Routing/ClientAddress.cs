using System.Net;

namespace HaLong.Gateway.Routing;

/// <summary>Where a request came from, written one way.</summary>
internal static class ClientAddress
{
    public static IPAddress? Of(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4(),
        var address => address,
    };
}
