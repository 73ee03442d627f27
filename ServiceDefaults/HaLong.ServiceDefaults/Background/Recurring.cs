namespace HaLong.ServiceDefaults;

/// <summary>Work that comes back at an interval, for as long as the service runs.</summary>
public static class Recurring
{
    /// <summary>
    /// Runs the work turn by turn until the service stops. A turn that fails is told of and the next one comes all the same, also when what failed
    /// is somebody's time limit: only the end of the service ends the turns. Turns never overlap.
    /// </summary>
    /// <param name="interval">From turn to turn; a turn that takes longer is followed by the next at once.</param>
    /// <param name="time">Whose time counts.</param>
    /// <param name="turn">The work.</param>
    /// <param name="failed">Tells of a failure.</param>
    /// <param name="stopping">The end of the service.</param>
    /// <param name="atOnce">Whether the first turn comes at the start, not after the first interval.</param>
    public static async Task RunAsync(
        TimeSpan interval, TimeProvider time, Func<CancellationToken, Task> turn, Action<Exception> failed, CancellationToken stopping, bool atOnce = false)
    {
        using var timer = new PeriodicTimer(interval, time);
        while (atOnce || await timer.WaitForNextTickAsync(stopping))
        {
            atOnce = false;
            try
            {
                await turn(stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested || e is not OperationCanceledException)
            {
                failed(e);
            }
        }
    }
}
