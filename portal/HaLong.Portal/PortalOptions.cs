using System.ComponentModel.DataAnnotations;

namespace HaLong.Portal;

/// <summary>Settings of the portal, at the root of the configuration.</summary>
internal sealed class PortalOptions
{
    /// <summary>Address of the gateway, through which the portal asks what everybody can ask.</summary>
    [Required, Url]
    public string PublicUrl { get; set; } = "";
}
