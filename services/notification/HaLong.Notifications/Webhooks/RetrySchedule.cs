namespace HaLong.Notifications.Webhooks;

/// <summary>When a failed delivery is tried again.</summary>
internal static class RetrySchedule
{
    /// <summary>10 s to 12 h, together about 36 hours.</summary>
    public static readonly IReadOnlyList<TimeSpan> Default =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(8), TimeSpan.FromHours(8), TimeSpan.FromHours(12),
    ];

    /// <summary>The wait after the given attempt (from 1), or null when it was the last one.</summary>
    /// <param name="delays">Waits before jitter.</param>
    /// <param name="attempt">The attempt that failed.</param>
    /// <param name="jitter">Share that is random.</param>
    /// <param name="random">From 0 to 1.</param>
    /// <returns>The wait; null = no more.</returns>
    public static TimeSpan? After(IReadOnlyList<TimeSpan> delays, int attempt, double jitter, double random) =>
        attempt > delays.Count ? null : delays[attempt - 1] * (1 + (jitter * ((2 * random) - 1)));

    /// <summary>The wait that a receiver asked for counts where it is longer than ours, up to a limit; never where there are no more attempts.</summary>
    public static TimeSpan? After(TimeSpan? ours, TimeSpan? asked, TimeSpan longest) =>
        ours is null || asked is null || asked <= ours ? ours : asked < longest ? asked : longest > ours ? longest : ours;

    /// <summary>The wait before the next validation event of a proof: doubles from attempt to attempt.</summary>
    public static TimeSpan Doubling(TimeSpan first, TimeSpan longest, int attempt)
    {
        var wait = first * Math.Pow(2, Math.Clamp(attempt - 1, 0, 20));
        return wait < longest ? wait : longest;
    }
}
