using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Planning;

/// <summary>
/// When no telephone may ring for what can wait: from 22:00 to 07:00, on days off to 08:00, in Vietnamese time. These are the hours that
/// Decree 91/2020 art. 13 keeps free of advertising; a service message is none, and keeps them all the same.
/// </summary>
internal static class QuietHours
{
    public static readonly TimeOnly Evening = new(22, 0);
    public static readonly TimeOnly Morning = new(7, 0);
    public static readonly TimeOnly MorningOfDayOff = new(8, 0);

    /// <summary>What a night has kept back leaves over this time, not all in one minute.</summary>
    public static readonly TimeSpan Spread = TimeSpan.FromMinutes(10);

    public static bool Hold(DateTimeOffset at)
    {
        var (day, time) = Local(at);
        return time >= Evening || time < MorningOf(day);
    }

    /// <summary>The moment itself outside the quiet hours, their end within.</summary>
    public static DateTimeOffset End(DateTimeOffset at)
    {
        var (day, time) = Local(at);
        if (time >= Evening)
            day = day.AddDays(1);
        else if (time >= MorningOf(day))
            return at;
        return LocalTime.Instant(day, MorningOf(day));
    }

    /// <summary>The same, with a person's own place in the first minutes of the morning: the same person always has the same.</summary>
    public static DateTimeOffset End(DateTimeOffset at, Guid person)
    {
        var end = End(at);
        return end == at ? at : end + TimeSpan.FromSeconds(BitConverter.ToUInt32(person.ToByteArray().AsSpan(12)) % (uint)Spread.TotalSeconds);
    }

    private static TimeOnly MorningOf(DateOnly day) => Holidays.IsDayOff(day) ? MorningOfDayOff : Morning;

    private static (DateOnly Day, TimeOnly Time) Local(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, LocalTime.Zone).DateTime;
        return (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
    }
}
