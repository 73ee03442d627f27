using HaLong.Dossiers.Domain.Lifecycle;

namespace HaLong.Dossiers.Watchdog.Ladders;

/// <summary>What a dossier waits for, and what the watchdog will do about it when.</summary>
/// <param name="Steps">In the order of their moments.</param>
/// <param name="ApologyAt">When the platform apologises for a result that is late; null when it has no reason to.</param>
internal sealed record WaitPlan(Wait Wait, DateTimeOffset Since, DateTimeOffset Latest, bool Assumed, IReadOnlyList<WaitStep> Steps, DateTimeOffset? ApologyAt)
{
    /// <summary>The next moment at which there is something to do; null when there is nothing more.</summary>
    /// <param name="given">Whether a step was given.</param>
    public DateTimeOffset? Next(Func<WaitStep, bool> given)
    {
        var step = Steps.Where(s => !given(s)).Select(s => (DateTimeOffset?)s.At).Min();
        return ApologyAt is not { } apology || step < apology ? step : apology;
    }
}
