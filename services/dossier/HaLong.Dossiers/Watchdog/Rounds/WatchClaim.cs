using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Watchdog.Ladders;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Watchdog.Rounds;

/// <summary>
/// A few dossiers looked at in one transaction, by one replica at a time: who has the lock leads, and its end, also by a crash, gives it back.
/// Dossiers that somebody works on right now are left for the next round.
/// </summary>
internal sealed class WatchClaim(DossierDbContext db, WaitReckoner reckoner, WarningWriter warnings, SurroundingsReader surroundings, OverdueDesk overdue, TimeProvider time)
{
    private readonly Looked looked = new();

    /// <summary>The first dossier of the claim.</summary>
    public Guid? First { get; private set; }

    /// <summary>What was done; null when another replica leads.</summary>
    public async Task<Looked?> RunAsync(WorkCalendar calendar, int size, List<Guid> without, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await LeadAsync(ct))
            return null;
        var now = time.Now();
        var rows = await ClaimAsync(calendar.Version, now, size, without, ct);
        if (rows.Count == 0)
            return looked;
        First = rows[0].DossierId;
        looked.Dossiers = rows.Count;
        var ids = rows.ConvertAll(r => r.DossierId);
        var dossiers = await db.Dossiers.Where(d => ids.Contains(d.Id)).ToDictionaryAsync(d => d.Id, ct);
        var given = (await db.WaitWarnings.AsNoTracking().Where(w => ids.Contains(w.DossierId)).Select(w => new { w.DossierId, w.Episode, w.Level }).ToListAsync(ct))
            .Select(w => (w.DossierId, w.Episode, w.Level)).ToHashSet();
        var around = await surroundings.OfAsync(dossiers.Values, now, ct);
        foreach (var row in rows)
            await LookAsync(row, dossiers[row.DossierId], given, around, calendar, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return looked;
    }

    private async Task LookAsync(
        DossierWait row, Dossier dossier, HashSet<(Guid, string, string)> given, Surroundings around, WorkCalendar calendar, DateTimeOffset now, CancellationToken ct)
    {
        var plan = reckoner.PlanOf(dossier, calendar, now);
        if (plan is not null)
        {
            // What was missed during a standstill is given too; only the last of it is news. To the owner the apology is, if there is one.
            var due = plan.Steps.Where(s => s.At <= now && !given.Contains((dossier.Id, s.Episode, s.Level))).ToList();
            var news = due.FindLast(s => s.Level != WaitLevels.Citizen || !(plan.ApologyAt <= now));
            foreach (var step in due)
            {
                given.Add((dossier.Id, step.Episode, step.Level));
                warnings.Write(dossier, plan, step, step == news, around, now);
                looked.Levels.Add(step.Level);
            }
            if (plan.ApologyAt <= now && await overdue.ApologiseAsync(dossier, calendar, now, ct))
            {
                looked.Apologies++;
                plan = reckoner.PlanOf(dossier, calendar, now);
            }
        }
        if (plan is null)
        {
            db.Waits.Remove(row);
            return;
        }
        (row.Who, row.Reason, row.UnitCode) = (plan.Wait.Who, plan.Wait.Reason, Audience.UnitOf(plan.Wait, dossier));
        (row.Since, row.LatestAt, row.Assumed) = (plan.Since, plan.Latest, plan.Assumed);
        (row.NextAt, row.CountedBy) = (plan.Next(s => given.Contains((dossier.Id, s.Episode, s.Level))), calendar.Version);
    }

    /// <summary>Rows that are not counted by this calendar first, then those whose moment has come; locked together with their dossiers.</summary>
    private async Task<List<DossierWait>> ClaimAsync(long version, DateTimeOffset now, int size, List<Guid> without, CancellationToken ct)
    {
        var rows = await db.Waits.FromSql($"""
            SELECT w.* FROM dossier_wait w JOIN dossier d ON d.id = w.dossier_id
            WHERE w.counted_by < {version} AND w.dossier_id <> ALL ({without})
            ORDER BY w.counted_by, w.dossier_id LIMIT {size}
            FOR UPDATE OF w SKIP LOCKED FOR NO KEY UPDATE OF d SKIP LOCKED
            """).ToListAsync(ct);
        return rows.Count > 0 ? rows : await db.Waits.FromSql($"""
            SELECT w.* FROM dossier_wait w JOIN dossier d ON d.id = w.dossier_id
            WHERE w.next_at <= {now} AND w.dossier_id <> ALL ({without})
            ORDER BY w.next_at LIMIT {size}
            FOR UPDATE OF w SKIP LOCKED FOR NO KEY UPDATE OF d SKIP LOCKED
            """).ToListAsync(ct);
    }

    private Task<bool> LeadAsync(CancellationToken ct) =>
        db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock(hashtext('halong.dossier.watchdog')) AS \"Value\"").SingleAsync(ct);
}

/// <summary>What a claim did.</summary>
internal sealed class Looked
{
    public int Dossiers { get; set; }

    /// <summary>Levels of the warnings given.</summary>
    public List<string> Levels { get; } = [];

    public int Apologies { get; set; }
}
