namespace HaLong.Dossiers.Tests;

/// <summary>The real clock, moved to another moment; it goes on from there.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long ticks;

    public ShiftedTime(DateTimeOffset start) => Set(start);

    public void Set(DateTimeOffset now) => Interlocked.Exchange(ref ticks, (now - System.GetUtcNow()).Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref ticks));
}
