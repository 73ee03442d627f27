namespace HaLong.PartnerLab.NationalPortal;

/// <summary>The dossier side of the National Public Service Portal, as it knows the city.</summary>
internal sealed class NationalPortalOptions
{
    public const string Section = "NationalPortal";

    public string ClientId { get; init; } = "halong";

    /// <summary>What the city shows to get a token; empty: anything will do.</summary>
    public string ClientSecret { get; init; } = "";

    /// <summary>How long a token is good.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Of the faults that come by chance: the same seed, the same faults for the same order of requests.</summary>
    public int Seed { get; init; } = 766;
}
