namespace HaLong.Payments.Tests;

/// <summary>The real clock, moved.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long ticks;

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref ticks));
}
