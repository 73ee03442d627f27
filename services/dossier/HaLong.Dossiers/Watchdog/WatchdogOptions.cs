using System.ComponentModel.DataAnnotations;
using HaLong.Dossiers.Watchdog.Ladders;

namespace HaLong.Dossiers.Watchdog;

/// <summary>Settings of the watchdog, section <c>Dossiers:Watchdog</c>.</summary>
internal sealed class WatchdogOptions
{
    public const string Section = "Dossiers:Watchdog";

    /// <summary>How often it is looked who waits too long.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How many dossiers are looked at in one transaction.</summary>
    [Range(1, 1000)]
    public int Batch { get; set; } = 50;

    /// <summary>After so many intervals without a round the service reports itself degraded.</summary>
    [Range(1, 1000)]
    public int MissedRounds { get; set; } = 8;

    /// <summary>A wait is near its end when less than this is left.</summary>
    public TimeSpan Near { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Who is warned when, by regime (OSS-2018, OSS-2025): the day of filing decides. A regime that is not named has the defaults.</summary>
    public Dictionary<string, LadderRules> Ladders { get; set; } = [];

    /// <summary>The ladder under a regime.</summary>
    public LadderRules LadderOf(string regime) => Ladders.GetValueOrDefault(regime) ?? Default;

    public bool IsValid => Interval > TimeSpan.Zero && Near >= TimeSpan.Zero && Ladders.Values.All(l => l.IsValid);

    private static readonly LadderRules Default = new();
}
