using System.ComponentModel.DataAnnotations;

namespace HaLong.Identity.Delegations;

/// <summary>Limits of delegations, section <c>Delegations</c>.</summary>
internal sealed class DelegationOptions
{
    public const string Section = "Delegations";

    /// <summary>Longest period in days: two years.</summary>
    [Range(1, 3660)]
    public int LongestDays { get; set; } = 731;

    /// <summary>How far ahead the first day may be.</summary>
    [Range(0, 3660)]
    public int LatestStartDays { get; set; } = 366;

    /// <summary>Offers that one account may make within a day.</summary>
    [Range(1, 10_000)]
    public int OffersPerDay { get; set; } = 20;

    /// <summary>True: only who has signed in with two factors or a passkey gives or accepts a delegation.</summary>
    public bool RequireStrong { get; set; }

    /// <summary>How often what is over by date is written down as such.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);
}
