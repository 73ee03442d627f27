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
    public static TimeSpan? After(IReadOnlyList<TimeSpan> delays, int attempt, double jitter, double random) =>
        attempt > delays.Count ? null : delays[attempt - 1] * (1 + (jitter * ((2 * random) - 1)));
}
