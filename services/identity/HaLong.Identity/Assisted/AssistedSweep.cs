using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Assisted;

/// <summary>
/// Closes sessions whose time is over, so that the citizen gets his summary. Nothing else depends on it: the authoriser looks at the clock
/// itself. Each session is a transaction of its own; one that somebody ends at the same moment is left to him.
/// </summary>
internal sealed partial class AssistedSweep(IServiceScopeFactory scopes, IOptions<AssistedOptions> options, TimeProvider time, ILogger<AssistedSweep> logger) : BackgroundService
{
    private const int Batch = 200;

    public static async Task<int> RunOnceAsync(IServiceScopeFactory scopes, DateTimeOffset now, CancellationToken ct)
    {
        List<Guid> due;
        await using (var scope = scopes.CreateAsyncScope())
        {
            due = await scope.ServiceProvider.GetRequiredService<IdentityDbContext>().AssistedSessions
                .Where(s => s.EndedAt == null && s.ExpiresAt <= now).OrderBy(s => s.ExpiresAt).Select(s => s.Id).Take(Batch).ToListAsync(ct);
        }

        var closed = 0;
        foreach (var id in due)
            closed += await CloseAsync(scopes, id, now, ct) ? 1 : 0;
        return closed;
    }

    private static async Task<bool> CloseAsync(IServiceScopeFactory scopes, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
        if (await db.AssistedSessions.SingleOrDefaultAsync(s => s.Id == id, ct) is not { } session || !session.Expire(now))
            return false;
        await scope.ServiceProvider.GetRequiredService<AssistedDesk>().CloseAsync(session, ct);
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Recurring.RunAsync(options.Value.SweepInterval, time, async ct =>
        {
            await RunOnceAsync(scopes, time.GetUtcNow(), ct);
        }, e => LogFailed(logger, e), stoppingToken);

    [LoggerMessage(501, LogLevel.Warning, "Assisted sessions whose time is over could not be closed; next try at the next turn")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
