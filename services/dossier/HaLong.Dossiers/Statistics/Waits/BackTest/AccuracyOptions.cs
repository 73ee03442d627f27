using System.ComponentModel.DataAnnotations;

namespace HaLong.Dossiers.Statistics.Waits.BackTest;

/// <summary>Settings of looking back at expectations, section <c>Statistics:ExpectedWait:Accuracy</c>.</summary>
internal sealed class AccuracyOptions
{
    public const string Section = "Statistics:ExpectedWait:Accuracy";

    /// <summary>From which local hour on, each night.</summary>
    [Range(0, 23)]
    public int Hour { get; set; } = 3;

    /// <summary>How many past weeks are made anew each night: results that come late change them. Older ones stay as they are.</summary>
    [Range(1, 1000)]
    public int Weeks { get; set; } = 53;

    /// <summary>How often it is looked whether there is something to do.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(15);
}
