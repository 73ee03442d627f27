using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Organisations;

/// <summary>
/// Writes down which representations and invitations are over by date, and tells the platform. No right depends on it: whoever decides looks
/// at the dates himself. Of several replicas that take the same row one loses on its revision and comes back later.
/// </summary>
internal sealed partial class RepresentativeSweep(
    IServiceScopeFactory scopes, IOptions<OrganisationOptions> options, TimeProvider time, ILogger<RepresentativeSweep> logger) : BackgroundService
{
    private const int Batch = 100;

    public static async Task<int> RunOnceAsync(IdentityDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var today = LocalTime.Date(now);
        var due = await db.Representatives
            .Where(r => (r.State == RepresentativeState.Invited || r.State == RepresentativeState.Active) && r.LapsesAfter < today)
            .OrderBy(r => r.LapsesAfter).Take(Batch).ToListAsync(ct);
        foreach (var row in due.Where(r => r.Expire(today, now)))
            db.Enqueue(new RepresentativesChanged(row.OrganisationId, row.Id, row.AccountId, row.Kind, RepresentativeChange.Expired, now));
        await db.SaveChangesAsync(ct);
        return due.Count;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Recurring.RunAsync(options.Value.SweepInterval, time, async ct =>
        {
            await using var scope = scopes.CreateAsyncScope();
            await RunOnceAsync(scope.ServiceProvider.GetRequiredService<IdentityDbContext>(), time.GetUtcNow(), ct);
        }, e => LogFailed(logger, e), stoppingToken);

    [LoggerMessage(1151, LogLevel.Warning, "Representations that are over could not be written down as such; next try at the next turn")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
