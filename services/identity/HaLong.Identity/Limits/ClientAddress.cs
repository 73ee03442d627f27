using System.Net;
using System.Net.Sockets;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Limits;

/// <summary>Where the current request comes from, as the gateway saw it; the gateway removes what clients claim about themselves.</summary>
internal sealed class ClientAddress(IHttpContextAccessor accessor)
{
    /// <summary>The address; of IPv6 the part that belongs to one customer (/64). Null outside a request or when unknown.</summary>
    /// <remarks>Also null when another service asks: its address says nothing about whom it asks for.</remarks>
    public string? Current => accessor.HttpContext is { } http && !http.User.HasScope(Policies.InternalScope) ? Of(http) : null;

    internal static string? Of(HttpContext http)
    {
        var forwarded = http.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim();
        var address = IPAddress.TryParse(forwarded, out var seen) ? seen : http.Connection.RemoteIpAddress;
        if (address is null)
            return null;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes).ToString();
    }
}
