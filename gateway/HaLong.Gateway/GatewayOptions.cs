using System.ComponentModel.DataAnnotations;

namespace HaLong.Gateway;

/// <summary>What the gateway needs to know about where it stands.</summary>
internal sealed class GatewayOptions
{
    /// <summary>The address the world uses, without a trailing slash; also what services see as host and scheme.</summary>
    [Required(ErrorMessage = "PublicUrl is missing: the gateway's external address, for example https://dichvucong.example.")]
    [Url(ErrorMessage = "PublicUrl must be an absolute http or https address.")]
    public string PublicUrl { get; set; } = "";

    /// <summary>Origins of other sites whose scripts may call the API. None unless named.</summary>
    public CorsOptions Cors { get; set; } = new();

    /// <summary>Networks (CIDR) of proxies in front of the gateway, the only ones whose X-Forwarded-For is believed. None unless named.</summary>
    public IReadOnlyList<string> TrustedProxies { get; set; } = [];

    // A method, because the binder reads properties before anything is validated.
    public Uri Site() => new(PublicUrl, UriKind.Absolute);

    internal sealed class CorsOptions
    {
        public IReadOnlyList<string> AllowedOrigins { get; set; } = [];
    }
}
