using System.ComponentModel.DataAnnotations;

namespace HaLong.PartnerLab.PaymentPlatform;

/// <summary>The one agency that collects through the simulated payment platform of the national portal.</summary>
internal sealed class PaymentPlatformOptions
{
    public const string Section = "PaymentPlatform";

    [Required]
    public string Partner { get; init; } = "HALONG";

    /// <summary>End of every check sum.</summary>
    [Required, MinLength(8)]
    public string Secret { get; init; } = "halong-at-the-platform";

    /// <summary>Bearer token that the agency shows.</summary>
    [Required, MinLength(8)]
    public string Token { get; init; } = "halong-token";

    /// <summary>Where confirmations go; empty: nobody is told.</summary>
    public string ConfirmUrl { get; init; } = "";

    [Range(1, 100)]
    public int MaxAttempts { get; init; } = 10;

    /// <summary>Wait before the confirmation is sent again; doubles.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(250);
}
