using System.Net;
using System.Net.Sockets;

namespace HaLong.Signatures.Validation;

/// <summary>
/// Which addresses may be asked on behalf of a stranger's certificate: those of the public Internet. Else a certificate could make this service
/// call its own neighbours.
/// </summary>
internal static class PublicAddresses
{
    // What IANA's registries of special-purpose addresses set apart (RFC 6890 and what updates it).
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(n => IPNetwork.Parse(n)),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    // Within global unicast: special registry, documentation, 6to4, which can name a private IPv4 address.
    private static readonly IPNetwork[] Special6 = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(n => IPNetwork.Parse(n))];

    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? !Array.Exists(Special, n => n.Contains(address))
            : GlobalUnicast.Contains(address) && !Array.Exists(Special6, n => n.Contains(address));
    }
}
