namespace HaLong.Identity.Tests;

/// <summary>The real clock, which a test can move forward.</summary>
internal sealed class Clock : TimeProvider
{
    private long _ticks;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ticks));
}
