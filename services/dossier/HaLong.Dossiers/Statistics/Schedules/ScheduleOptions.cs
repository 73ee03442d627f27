using System.ComponentModel.DataAnnotations;

namespace HaLong.Dossiers.Statistics.Schedules;

/// <summary>Settings of schedules, section <c>Statistics:Schedules</c>.</summary>
internal sealed class ScheduleOptions
{
    public const string Section = "Statistics:Schedules";

    /// <summary>How often it is looked what is due.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Most schedules of a person.</summary>
    [Range(1, 1000)]
    public int MostOfAPerson { get; set; } = 20;

    /// <summary>After a failure; doubled with each more.</summary>
    public TimeSpan Retry { get; set; } = TimeSpan.FromMinutes(1);

    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromHours(1);

    /// <summary>After so many intervals without a round the service reports itself degraded.</summary>
    [Range(1, 1000)]
    public int MissedRounds { get; set; } = 10;

    public bool IsValid => Interval > TimeSpan.Zero && Retry > TimeSpan.Zero && LongestRetry >= Retry;

    public TimeSpan PauseAfter(int attempts) =>
        attempts > 20 ? LongestRetry : TimeSpan.FromTicks(Math.Min(LongestRetry.Ticks, Retry.Ticks << attempts));
}
