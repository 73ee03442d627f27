using System.ComponentModel.DataAnnotations;

namespace HaLong.Notifications;

/// <summary>What all services are told about the platform.</summary>
internal sealed class PlatformOptions
{
    /// <summary>Where people reach the platform, without a slash at the end.</summary>
    [Required, Url]
    public string PublicUrl { get; init; } = "";
}
