namespace HaLong.Notifications.Tests.Support;

/// <summary>The real clock, moved on by hand.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
}
