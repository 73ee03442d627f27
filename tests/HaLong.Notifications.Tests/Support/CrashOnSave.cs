using HaLong.Notifications.Domain;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HaLong.Notifications.Tests.Support;

internal sealed class CrashException() : Exception("The process ends here.");

/// <summary>Ends a piece of work at one of its commits: just before, or just after it.</summary>
internal sealed class CrashOnSave : SaveChangesInterceptor
{
    private int untilBefore, untilAfter;

    /// <summary>Runs in front of each commit.</summary>
    public Func<Task>? Before { get; set; }

    /// <param name="before">Which commit from now is not reached; 0: none.</param>
    /// <param name="after">Which commit from now is the last thing that happens; 0: none.</param>
    public void Arm(int before = 0, int after = 0) => (untilBefore, untilAfter) = (before, after);

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (!IsOfSending(eventData))
            return result;
        if (Before is { } before)
            await before();
        return untilBefore > 0 && --untilBefore == 0 ? throw new CrashException() : result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default) =>
        IsOfSending(eventData) && untilAfter > 0 && --untilAfter == 0 ? throw new CrashException() : ValueTask.FromResult(result);

    // What the service saves beside it, at times of its own, is no step of sending: a notice into the inbox that contact details fail comes by the bus.
    private static bool IsOfSending(DbContextEventData eventData) =>
        eventData.Context!.ChangeTracker.Entries().Any(e => e.Entity is Message { Channel: not MessageChannel.InApp } or MessageAttempt or DirectSend or StrayReceipt);
}
