namespace HaLong.Notifications.Tests.Support;

/// <summary>A clock that tests put forward. It runs unless it stands: where seconds count, a busy machine must not spend them.</summary>
internal sealed class ShiftedClock(bool stands = false) : TimeProvider
{
    private readonly DateTimeOffset? start = stands ? System.GetUtcNow() : null;

    public TimeSpan Shift { get; set; }

    /// <summary>Stands at this moment from now on; only of a clock that stands.</summary>
    public void SetTo(DateTimeOffset at) => Shift = at - (start ?? throw new InvalidOperationException("This clock runs."));

    public override DateTimeOffset GetUtcNow() => (start ?? System.GetUtcNow()) + Shift;
}
