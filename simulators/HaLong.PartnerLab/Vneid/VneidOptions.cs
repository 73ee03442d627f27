using System.ComponentModel.DataAnnotations;

namespace HaLong.PartnerLab.Vneid;

/// <summary>The client that may sign people in here.</summary>
internal sealed class VneidOptions
{
    public const string Section = "Vneid";

    [Required]
    public string ClientId { get; init; } = "halong";

    [Required, MinLength(8)]
    public string ClientSecret { get; init; } = "halong-at-vneid";

    /// <summary>Where answers may be sent, separated by spaces; compared letter by letter. Empty: wherever the client asks, as long as it is loopback.</summary>
    public string RedirectUris { get; init; } = "";

    public bool Allows(string redirectUri) => RedirectUris.Length > 0
        ? RedirectUris.Split(' ', StringSplitOptions.RemoveEmptyEntries).Contains(redirectUri, StringComparer.Ordinal)
        : Uri.TryCreate(redirectUri, UriKind.Absolute, out var uri) && uri.IsLoopback;
}
