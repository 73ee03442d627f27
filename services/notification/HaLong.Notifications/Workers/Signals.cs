namespace HaLong.Notifications.Workers;

/// <summary>Wakes a worker of this process at once; polling is only the net beneath.</summary>
internal sealed class Signal : IDisposable
{
    private readonly SemaphoreSlim semaphore = new(0, 1);

    public void Pulse()
    {
        try
        {
            semaphore.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already awake.
        }
    }

    /// <summary>Returns when pulsed, or when the time is over.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => semaphore.WaitAsync(atMost, ct);

    public void Dispose() => semaphore.Dispose();
}

/// <summary>The wake-ups of this service, which travel through the database so that every replica hears them.</summary>
internal sealed class Signals : IDisposable
{
    public const string LoggedChannel = "halong_event_logged";
    public const string DueChannel = "halong_delivery_due";
    public const string MailChannel = "halong_message_due";

    /// <summary>A public event was logged and may be released.</summary>
    public Signal Logged { get; } = new();

    /// <summary>A delivery became due.</summary>
    public Signal Due { get; } = new();

    /// <summary>A message to a person became due.</summary>
    public Signal Mail { get; } = new();

    public void Dispose()
    {
        Logged.Dispose();
        Due.Dispose();
        Mail.Dispose();
    }
}
