using HaLong.Notifications.Contacts;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Planning;

/// <summary>When what can wait is gathered: every morning or every Monday at 07:30.</summary>
internal static class DigestSlots
{
    public const string Daily = "daily", Weekly = "weekly";

    public static readonly TimeOnly At = new(7, 30);

    /// <summary>So long a gathered message waits for its gatherer before it goes by itself.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>What ends within this after the slot would be told too late.</summary>
    private static readonly TimeSpan Notice = TimeSpan.FromHours(24);

    /// <summary>
    /// The next gathering that the person wants; null: at once. A week is too long for what ends before, a day likewise: then it comes sooner.
    /// </summary>
    public static DateTimeOffset? Next(DateTimeOffset now, Contact contact, DateTimeOffset? deadline)
    {
        DateTimeOffset[] slots = contact.Digest switch
        {
            Daily => [NextDay(now)],
            Weekly => [NextMonday(now), NextDay(now)],
            _ => [],
        };
        return slots.Where(slot => deadline is null || slot + Notice <= deadline).Select(slot => (DateTimeOffset?)slot).FirstOrDefault();
    }

    private static DateTimeOffset NextDay(DateTimeOffset now)
    {
        var today = LocalTime.Instant(LocalTime.Date(now), At);
        return now < today ? today : LocalTime.Instant(LocalTime.Date(now).AddDays(1), At);
    }

    private static DateTimeOffset NextMonday(DateTimeOffset now)
    {
        var slot = NextDay(now);
        while (LocalTime.Date(slot).DayOfWeek != DayOfWeek.Monday)
            slot = LocalTime.Instant(LocalTime.Date(slot).AddDays(1), At);
        return slot;
    }
}
