using System.Globalization;
using HaLong.Identity.Administration;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Staff;

/// <summary>
/// When a local day begins: tokens of everybody whose assignment began or ended with it become void, so that rights follow the calendar
/// within seconds and not within the life of a token. One replica does it; a day missed while nothing ran is made up for.
/// </summary>
internal sealed partial class StaffDayTurn(IServiceScopeFactory scopes, TimeProvider time, ILogger<StaffDayTurn> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private DateOnly _done;

    /// <summary>Puts everything between the last day done and today into effect; how many accounts were touched.</summary>
    public static async Task<int> RunOnceAsync(IServiceProvider services, DateTimeOffset now, CancellationToken ct)
    {
        var db = services.GetRequiredService<IdentityDbContext>();
        var revocations = services.GetRequiredService<Revocations>();
        var today = LocalTime.Date(now);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"INSERT INTO staff_day (id, day) VALUES ({StaffDay.OnlyId}, {today}) ON CONFLICT DO NOTHING", ct);
        // Replicas wait for each other on the row; the second finds the day done.
        var row = await db.StaffDays.FromSql($"SELECT * FROM staff_day WHERE id = {StaffDay.OnlyId} FOR UPDATE").SingleAsync(ct);
        if (row.Day >= today)
        {
            // The very first time the row itself is what has to stay.
            await transaction.CommitAsync(ct);
            return 0;
        }

        var last = row.Day;
        var touched = await db.Accounts.Where(a => Turning(db, last, today).Contains(a.Id)).ToListAsync(ct);
        var helpers = touched.Where(a => a.Kind == AccountKind.Helper).Select(a => a.Id).ToList();
        var held = await services.GetRequiredService<StaffDirectory>().HeldByAsync(helpers, today, today, ct);
        foreach (var account in touched)
        {
            if (account.Kind == AccountKind.Helper)
                account.AssignTo(StaffDirectory.MainOf(held.GetValueOrDefault(account.Id, []))?.UnitCode);
            revocations.RightsChanged(account);
        }

        row.Day = today;
        await RoleGrants.ExpireAsync(db, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return touched.Count;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Recurring.RunAsync(Interval, time, async ct =>
        {
            var today = LocalTime.Date(time.GetUtcNow());
            if (today == _done)
                return;
            await using var scope = scopes.CreateAsyncScope();
            var touched = await RunOnceAsync(scope.ServiceProvider, time.GetUtcNow(), ct);
            _done = today;
            if (touched > 0)
                LogTurned(logger, today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), touched);
        }, e => LogFailed(logger, e), stoppingToken);

    // Who began after the last day done, or ended on it or later, or whose unit did. A changed day is at most a few hundred rows.
    private static IQueryable<Guid> Turning(IdentityDbContext db, DateOnly last, DateOnly today) =>
        from assignment in db.Assignments
        join unit in db.Units on assignment.UnitId equals unit.Id
        where (assignment.ValidFrom > last && assignment.ValidFrom <= today) || (assignment.ValidTo >= last && assignment.ValidTo < today)
            || (unit.ValidFrom > last && unit.ValidFrom <= today) || (unit.ValidTo >= last && unit.ValidTo < today)
        select assignment.AccountId;

    [LoggerMessage(21, LogLevel.Information, "Day {Day}: {Accounts} accounts have other rights than the day before")]
    private static partial void LogTurned(ILogger logger, string day, int accounts);

    [LoggerMessage(22, LogLevel.Warning, "The day could not be turned for assignments; next try in a second")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
