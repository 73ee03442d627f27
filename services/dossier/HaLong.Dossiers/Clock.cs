namespace HaLong.Dossiers;

/// <summary>The platform's clock at the precision of the database, so that what is told and what is stored are equal.</summary>
internal static class Clock
{
    public static DateTimeOffset Now(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
