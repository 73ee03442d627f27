namespace HaLong.PartnerLab.Signing;

internal sealed class SigningOptions
{
    public const string Section = "Signing";

    /// <summary>OAuth 2 client of the remote signing service.</summary>
    public string CscClientId { get; init; } = "halong";

    public string CscClientSecret { get; init; } = "";

    /// <summary>What the SmartCA gateway calls the platform.</summary>
    public string SmartCaSpId { get; init; } = "halong";

    public string SmartCaSpPassword { get; init; } = "";

    /// <summary>Where the gateway tells of ends; empty: it tells nobody.</summary>
    public string HookUrl { get; init; } = "";

    /// <summary>Key of the notices' signature.</summary>
    public string HookSecret { get; init; } = "";

    /// <summary>How long a person has to confirm.</summary>
    public TimeSpan Lasts { get; init; } = TimeSpan.FromMinutes(5);
}
