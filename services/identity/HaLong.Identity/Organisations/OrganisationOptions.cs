using System.ComponentModel.DataAnnotations;

namespace HaLong.Identity.Organisations;

/// <summary>Limits of organisations, section <c>Organisations</c>.</summary>
internal sealed class OrganisationOptions
{
    public const string Section = "Organisations";

    /// <summary>Claims that one person may file within a day.</summary>
    [Range(1, 1000)]
    public int ClaimsPerDay { get; set; } = 10;

    /// <summary>People that one organisation may invite within a day.</summary>
    [Range(1, 10_000)]
    public int InvitationsPerDay { get; set; } = 20;

    /// <summary>How often representations that are over by date are written down as such.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);
}
