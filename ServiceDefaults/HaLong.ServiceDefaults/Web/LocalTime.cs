namespace HaLong.ServiceDefaults;

/// <summary>Vietnamese local time: storage is UTC, rules count in Asia/Ho_Chi_Minh (UTC+7, no daylight saving).</summary>
public static class LocalTime
{
    /// <summary>Asia/Ho_Chi_Minh.</summary>
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");

    /// <summary>The local calendar day of an instant.</summary>
    public static DateOnly Date(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>The instant, in UTC, of a local day and time.</summary>
    public static DateTimeOffset Instant(DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
