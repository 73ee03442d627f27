namespace HaLong.Payments.Reconciliation;

/// <summary>The present as the database keeps it, in microseconds: the first answer and each later one are then the same to the letter.</summary>
internal static class StoredTime
{
    public static DateTimeOffset Of(TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
