namespace HaLong.Identity.Persistence;

/// <summary>The time as exact as the database keeps it, so that an answer says what will be read later.</summary>
internal static class StoredTime
{
    public static DateTimeOffset GetStoredNow(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
