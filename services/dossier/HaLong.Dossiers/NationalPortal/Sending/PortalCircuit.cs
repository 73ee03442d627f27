using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.NationalPortal.Sending;

/// <summary>
/// Leaves the portal alone while it is away: nothing is taken up, so no attempt is lost on it. After a pause one message tries; each failure of that one
/// doubles the pause. What the portal itself says (Retry-After) is kept to. Of this process only: each replica finds out for itself.
/// </summary>
internal sealed class PortalCircuit(IOptions<PortalOptions> options, PortalTelemetry telemetry, TimeProvider time)
{
    private readonly Lock gate = new();
    private int failures, breaks;
    private DateTimeOffset until = DateTimeOffset.MinValue;

    public CircuitState State
    {
        get
        {
            lock (gate)
                return Now();
        }
    }

    /// <summary>Why it is open, or was last.</summary>
    public string? Reason { get; private set; }

    /// <summary>It answered.</summary>
    public void Answered()
    {
        lock (gate)
        {
            // Somebody who was on the way when it was told to wait does not end the waiting.
            if (Now() == CircuitState.Open)
                return;
            (failures, breaks, until, Reason) = (0, 0, DateTimeOffset.MinValue, null);
            telemetry.Circuit(CircuitState.Closed);
        }
    }

    /// <summary>It did not.</summary>
    public void Failed(PortalAnswer answer)
    {
        lock (gate)
        {
            var sending = options.Value.Sending;
            var before = Now();
            if (answer.After is { } wished)
                Open(wished, answer.Code);
            else if (answer.Away && before != CircuitState.Open && (++failures >= sending.CircuitFailures || before == CircuitState.HalfOpen))
                Open(Pauses.Of(sending.FirstBreak, sending.LongestBreak, ++breaks), answer.Code);
        }
    }

    private CircuitState Now() => until == DateTimeOffset.MinValue ? CircuitState.Closed : time.GetUtcNow() < until ? CircuitState.Open : CircuitState.HalfOpen;

    private void Open(TimeSpan pause, string? reason)
    {
        var end = time.GetUtcNow() + pause;
        (until, Reason) = (end > until ? end : until, reason);
        telemetry.Circuit(CircuitState.Open);
    }
}

/// <summary>Growing pauses, scattered so that not everybody comes back at once.</summary>
internal static class Pauses
{
    /// <param name="first">After the first failure.</param>
    /// <param name="longest">No more than this.</param>
    /// <param name="times">How many failures there were.</param>
    public static TimeSpan Of(TimeSpan first, TimeSpan longest, int times)
    {
        var grown = Math.Min(longest.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Clamp(times - 1, 0, 30)));
        return TimeSpan.FromSeconds(grown * (0.75 + (Random.Shared.NextDouble() * 0.25)));
    }
}
