using System.Data;
using HaLong.Dossiers.Deadlines.Calendars;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Deadlines;

/// <summary>
/// The calendar, ready for counting. It is asked every few seconds whether its number is still the same, and read again only when not; what was
/// counted by an older one in the meantime carries the older number and is counted again in the background.
/// </summary>
internal sealed class CalendarCache(IServiceScopeFactory scopes, IOptions<DeadlineOptions> options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private Known? known;

    /// <summary>The calendar, at most <see cref="DeadlineOptions.CalendarMaxAge"/> old, or as old as it takes somebody else to look.</summary>
    public ValueTask<WorkCalendar> GetAsync(CancellationToken ct) => known is not { } current
        ? new(FreshAsync(ct))
        : time.GetElapsedTime(current.CheckedAt) < options.Value.CalendarMaxAge ? ValueTask.FromResult(current.Calendar) : new(AgainAsync(current, ct));

    /// <summary>The calendar as it was known last, however old; read only when none is known yet. For who only shows dates, in the middle of a transaction.</summary>
    public ValueTask<WorkCalendar> LatestAsync(CancellationToken ct) => known is { } current ? ValueTask.FromResult(current.Calendar) : new(FreshAsync(ct));

    /// <summary>The calendar as it is in the database now.</summary>
    public async Task<WorkCalendar> FreshAsync(CancellationToken ct)
    {
        var asked = time.GetTimestamp();
        await turn.WaitAsync(ct);
        try
        {
            // Somebody else has looked since this caller asked.
            return known is { } current && current.CheckedAt > asked ? current.Calendar : await LookAsync(ct);
        }
        finally
        {
            turn.Release();
        }
    }

    // Looking takes a connection, and who waits for it here may hold one: if all of them waited, none would be left to look with.
    private async Task<WorkCalendar> AgainAsync(Known current, CancellationToken ct)
    {
        if (!await turn.WaitAsync(TimeSpan.Zero, ct))
            return current.Calendar;
        try
        {
            return await LookAsync(ct);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<WorkCalendar> LookAsync(CancellationToken ct)
    {
        var checkedAt = time.GetTimestamp();
        var calendar = await ReadAsync(known?.Calendar, ct);
        known = new Known(calendar, checkedAt);
        return calendar;
    }

    public void Dispose() => turn.Dispose();

    private async Task<WorkCalendar> ReadAsync(WorkCalendar? last, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
        if (last is not null && await VersionAsync(db, ct) == last.Version)
            return last;
        // One state, however many statements read it.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var version = await VersionAsync(db, ct);
        var years = await db.CalendarYears.AsNoTracking().ToDictionaryAsync(y => y.Year, y => y.Confirmed, ct);
        var days = await db.CalendarDays.AsNoTracking().ToListAsync(ct);
        return new WorkCalendar(version, days.Select(d => d.Row), years);
    }

    private static Task<long> VersionAsync(DossierDbContext db, CancellationToken ct) =>
        db.CalendarVersions.Where(v => v.Id == CalendarVersion.OnlyId).Select(v => v.Version).SingleOrDefaultAsync(ct);

    private sealed record Known(WorkCalendar Calendar, long CheckedAt);
}
