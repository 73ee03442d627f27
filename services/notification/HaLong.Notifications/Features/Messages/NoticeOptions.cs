using System.ComponentModel.DataAnnotations;

namespace HaLong.Notifications.Features.Messages;

internal sealed class NoticeOptions
{
    public const string Section = "Notices";

    /// <summary>First wait when identity cannot be asked; doubles up to <see cref="LongestContactDelay"/>.</summary>
    public TimeSpan ContactDelay { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan LongestContactDelay { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>First wait after a failed e-mail; doubles up to <see cref="LongestEmailDelay"/>.</summary>
    public TimeSpan EmailDelay { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan LongestEmailDelay { get; init; } = TimeSpan.FromHours(1);

    /// <summary>After so many attempts an e-mail has failed for good: with the defaults after about nine hours.</summary>
    [Range(1, 100)]
    public int EmailAttempts { get; init; } = 18;

    public TimeSpan ContactWait(int attempt) => Wait(ContactDelay, LongestContactDelay, attempt);

    public TimeSpan EmailWait(int attempt) => Wait(EmailDelay, LongestEmailDelay, attempt);

    private static TimeSpan Wait(TimeSpan first, TimeSpan longest, int attempt)
    {
        var wait = first * Math.Pow(2, Math.Clamp(attempt - 1, 0, 20));
        return wait < longest ? wait : longest;
    }
}
