namespace HaLong.Notifications.Features.Messages;

internal sealed class NoticeOptions
{
    public const string Section = "Notices";

    /// <summary>First wait when identity cannot be asked; doubles up to <see cref="LongestContactDelay"/>.</summary>
    public TimeSpan ContactDelay { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan LongestContactDelay { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan ContactWait(int attempt) => Wait(ContactDelay, LongestContactDelay, attempt);

    private static TimeSpan Wait(TimeSpan first, TimeSpan longest, int attempt)
    {
        var wait = first * Math.Pow(2, Math.Clamp(attempt - 1, 0, 20));
        return wait < longest ? wait : longest;
    }
}
