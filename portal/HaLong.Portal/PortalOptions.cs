using System.ComponentModel.DataAnnotations;

namespace HaLong.Portal;

/// <summary>Settings of the portal, at the root of the configuration.</summary>
internal sealed class PortalOptions
{
    /// <summary>Address of the gateway: the portal's own address for people, the API it asks, and the issuer of tokens.</summary>
    [Required, Url]
    public string PublicUrl { get; set; } = "";

    /// <summary>How long a session lasts without a click.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan SessionIdle { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a session lasts at most.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "7.00:00:00")]
    public TimeSpan SessionLongest { get; set; } = TimeSpan.FromHours(12);

    public Uri Public => new(PublicUrl.TrimEnd('/') + "/");

    public bool IsSecure => Public.Scheme == Uri.UriSchemeHttps;
}
