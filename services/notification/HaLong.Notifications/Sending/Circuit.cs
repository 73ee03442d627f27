namespace HaLong.Notifications.Sending;

/// <summary>Opens after failures in a row, so that others go first at once; one message at a time then tries whether it works again.</summary>
internal sealed class Circuit(HealthSettings settings, TimeProvider clock)
{
    private const int Longest = 10;
    private readonly Lock gate = new();
    private int failures;
    private double times = 1;
    private DateTimeOffset? until;

    public bool IsOpen
    {
        get
        {
            lock (gate)
                return until is not null;
        }
    }

    /// <summary>True when it is closed, or when this message is the one that tries.</summary>
    public bool LetsThrough()
    {
        lock (gate)
        {
            if (until is not { } reopens)
                return true;
            if (clock.GetUtcNow() < reopens)
                return false;
            until = clock.GetUtcNow() + settings.OpenFor;
            return true;
        }
    }

    /// <summary>True when this opened it.</summary>
    public bool Fail()
    {
        lock (gate)
        {
            var wasOpen = until is not null;
            if (++failures < settings.OpensAfter)
                return false;
            until = clock.GetUtcNow() + (settings.OpenFor * times);
            times = Math.Min(Longest, times * 2);
            return !wasOpen;
        }
    }

    /// <summary>True when this closed it.</summary>
    public bool Succeed()
    {
        lock (gate)
        {
            var wasOpen = until is not null;
            (failures, times, until) = (0, 1, null);
            return wasOpen;
        }
    }
}
