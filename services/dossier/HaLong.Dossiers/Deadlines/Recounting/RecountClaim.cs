using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Deadlines.Recounting;

/// <summary>A few dossiers counted again in one transaction. Those that somebody works on right now are left for the next round.</summary>
internal sealed class RecountClaim(DossierDbContext db, DeadlineDesk desk, TimeProvider time)
{
    /// <summary>The first dossier of the claim.</summary>
    public Guid? First { get; private set; }

    public async Task<(int Looked, int Moved)> RunAsync(WorkCalendar calendar, int size, List<Guid> without, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var clocks = await ClaimAsync(calendar.Version, size, without, ct);
        if (clocks.Count == 0)
            return default;
        First = clocks[0].DossierId;
        var ids = clocks.ConvertAll(c => c.DossierId);
        var dossiers = await db.Dossiers.Where(d => ids.Contains(d.Id)).ToDictionaryAsync(d => d.Id, ct);
        var entries = (await db.ClockEntries.AsNoTracking().Where(e => ids.Contains(e.DossierId)).OrderBy(e => e.Number).ToListAsync(ct)).ToLookup(e => e.DossierId);
        var reason = await ReasonAsync(calendar.Version, ct);
        var (now, moved) = (time.Now(), 0);
        foreach (var clock in clocks)
        {
            var deadline = desk.Evaluate(clock, [.. entries[clock.DossierId]], calendar, now);
            clock.CalendarVersion = deadline.State is ClockState.Stopped or ClockState.NotStarted ? null : calendar.Version;
            if (deadline is { State: ClockState.Running, DueAt: { } due } && Move(dossiers[clock.DossierId], due, deadline.Assumed, reason, calendar.Version, now))
                moved++;
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return (clocks.Count, moved);
    }

    private bool Move(Dossier dossier, DateTimeOffset due, bool assumed, Words reason, long version, DateTimeOffset now)
    {
        if (dossier.DueAt is not { } old)
            return false;
        if (!dossier.MoveDue(due, assumed, reason.Vi, reason.En, now))
            return false;
        db.Record(dossier);
        db.DueDateChanges.Add(new DueDateChange
        {
            Id = Guid.CreateVersion7(now),
            DossierId = dossier.Id,
            OldDueAt = old,
            NewDueAt = due,
            CalendarVersion = version,
            ReasonVi = reason.Vi,
            ReasonEn = reason.En,
            At = now,
        });
        return true;
    }

    /// <summary>Locks clocks that were counted by an older calendar, and their dossiers.</summary>
    // FOR UPDATE on purpose: see OpenUnits. It waits for nobody, and what it holds nobody else holds in part.
    private Task<List<DossierClock>> ClaimAsync(long version, int size, List<Guid> without, CancellationToken ct) => db.Clocks.FromSql($"""
        SELECT c.* FROM dossier_clock c JOIN dossier d ON d.id = c.dossier_id
        WHERE c.calendar_version < {version} AND c.dossier_id <> ALL ({without})
        ORDER BY c.calendar_version, c.dossier_id LIMIT {size}
        FOR UPDATE SKIP LOCKED
        """).ToListAsync(ct);

    private async Task<Words> ReasonAsync(long version, CancellationToken ct)
    {
        var why = await db.CalendarChanges.AsNoTracking().Where(c => c.Version <= version).OrderByDescending(c => c.Version).Select(c => c.Reason).FirstOrDefaultAsync(ct);
        return why is null
            ? new Words("Ngày hẹn trả kết quả được tính lại theo lịch làm việc", "The due date was counted again by the calendar of working days")
            : new Words($"Lịch làm việc thay đổi, ngày hẹn trả kết quả được tính lại: {why}", $"The calendar of working days changed, so the due date was counted again: {why}");
    }
}
