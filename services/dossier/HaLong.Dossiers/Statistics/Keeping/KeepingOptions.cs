using System.ComponentModel.DataAnnotations;

namespace HaLong.Dossiers.Statistics.Keeping;

/// <summary>Settings of keeping facts and cubes, section <c>Statistics</c>.</summary>
internal sealed class KeepingOptions
{
    public const string Section = "Statistics";

    /// <summary>How often it is looked which dossiers have changed.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many dossiers are taken over in one transaction.</summary>
    [Range(1, 5000)]
    public int Batch { get; set; } = 500;

    /// <summary>A dossier whose fact cannot be derived is tried again after so long, and after twice as long each time, up to an hour.</summary>
    public TimeSpan Retry { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>With changes that wait longer than this the service reports itself degraded.</summary>
    public TimeSpan MostLag { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// What is compared each night: <c>none</c>, <c>sample</c> (facts of some dossiers) or <c>all</c> (all facts and cells, made anew beside those in use).
    /// </summary>
    [AllowedValues("none", "sample", "all")]
    public string NightlyCheck { get; set; } = "sample";

    /// <summary>From which local hour on.</summary>
    [Range(0, 23)]
    public int CheckHour { get; set; } = 2;

    /// <summary>How many dossiers are in a sample.</summary>
    [Range(1, 100_000)]
    public int Sample { get; set; } = 2000;

    public bool IsValid => Interval > TimeSpan.Zero && Retry > TimeSpan.Zero && MostLag > TimeSpan.Zero;
}
