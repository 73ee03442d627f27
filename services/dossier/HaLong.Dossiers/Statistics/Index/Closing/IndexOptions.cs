using System.ComponentModel.DataAnnotations;

namespace HaLong.Dossiers.Statistics.Index.Closing;

/// <summary>Settings of the index, section <c>Statistics:Index</c>.</summary>
internal sealed class IndexOptions
{
    public const string Section = "Statistics:Index";

    /// <summary>A month is closed on this working day of the next: until then late entries are expected.</summary>
    [Range(1, 20)]
    public int CloseOnWorkingDay { get; set; } = 5;

    /// <summary>How often it is looked whether a month is to be closed.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How many past months are closed when nobody did in their time.</summary>
    [Range(1, 60)]
    public int MakeUpMonths { get; set; } = 12;

    public bool IsValid => Interval > TimeSpan.Zero;
}
