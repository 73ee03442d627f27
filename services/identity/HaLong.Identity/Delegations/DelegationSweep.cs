using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Delegations;

/// <summary>
/// Writes down what has ended by date and tells both sides. Nothing depends on it: the authoriser looks at the dates itself. Several replicas
/// may sweep at once; of two that take the same row one loses on its revision and comes back later.
/// </summary>
internal sealed partial class DelegationSweep(
    IServiceScopeFactory scopes, IOptions<DelegationOptions> options, TimeProvider time, ILogger<DelegationSweep> logger) : BackgroundService
{
    private const int Batch = 100;

    public static async Task<int> RunOnceAsync(IdentityDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var today = LocalTime.Date(now);
        var due = await db.Delegations
            .Where(d => (d.State == DelegationState.Offered || d.State == DelegationState.Accepted) && d.To < today)
            .OrderBy(d => d.To).Take(Batch).ToListAsync(ct);
        foreach (var delegation in due.Where(d => d.Expire(today, now)))
            db.Enqueue(new DelegationExpired(delegation.Id, delegation.PrincipalId, delegation.DelegateId, now));
        await db.SaveChangesAsync(ct);
        return due.Count;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Recurring.RunAsync(options.Value.SweepInterval, time, async ct =>
        {
            await using var scope = scopes.CreateAsyncScope();
            await RunOnceAsync(scope.ServiceProvider.GetRequiredService<IdentityDbContext>(), time.GetUtcNow(), ct);
        }, e => LogFailed(logger, e), stoppingToken);

    [LoggerMessage(401, LogLevel.Warning, "Delegations that are over could not be written down as such; next try at the next turn")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
