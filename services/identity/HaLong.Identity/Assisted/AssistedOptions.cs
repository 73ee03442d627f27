using System.ComponentModel.DataAnnotations;

namespace HaLong.Identity.Assisted;

/// <summary>Limits of assisted sessions, section <c>Assisted</c>.</summary>
internal sealed class AssistedOptions
{
    public const string Section = "Assisted";

    /// <summary>Sessions that one helper may open within an hour.</summary>
    [Range(1, 1000)]
    public int PerHelperAndHour { get; set; } = 20;

    /// <summary>Sessions that may be opened for one citizen within an hour, whoever the helpers are: each is an SMS to somebody.</summary>
    [Range(1, 100)]
    public int PerCitizenAndHour { get; set; } = 5;

    /// <summary>How often sessions whose time is over are closed.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(20);
}
