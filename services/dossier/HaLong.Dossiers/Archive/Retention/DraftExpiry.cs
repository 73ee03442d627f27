using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Archive.Retention;

/// <summary>
/// Drafts on which nobody has worked for long: the owner is told, and when nobody works on it until then, it is deleted. Any change of the draft
/// begins the time anew.
/// </summary>
internal sealed class DraftExpiry(DossierDbContext db, IOptions<DossierOptions> dossiers, IOptions<ArchiveOptions> options, ArchiveTelemetry telemetry, TimeProvider time)
{
    private const int Batch = 100;

    /// <returns>How many owners were told, and how many drafts were deleted.</returns>
    public async Task<(int Told, int Deleted)> RunAsync(CancellationToken ct)
    {
        var now = time.Now();
        var idle = now.AddDays(-dossiers.Value.WaitsOf(Regime.On(LocalTime.Date(now))).DraftDays);
        var notice = TimeSpan.FromDays(options.Value.DraftNoticeDays);
        // Deleted first: who has just been told is not deleted in the same round, whatever the settings.
        var deleted = await EachAsync(
            $"""
            SELECT *, xmin FROM dossier WHERE status = 'DRAFT' AND expiry_notice_at >= updated_at AND expiry_notice_at <= {now - notice}
            ORDER BY updated_at LIMIT {Batch} FOR UPDATE SKIP LOCKED
            """,
            draft => db.Dossiers.Remove(draft), ct);
        var told = await EachAsync(
            $"""
            SELECT *, xmin FROM dossier WHERE status = 'DRAFT' AND updated_at <= {idle} AND (expiry_notice_at IS NULL OR expiry_notice_at < updated_at)
            ORDER BY updated_at LIMIT {Batch} FOR UPDATE SKIP LOCKED
            """,
            draft =>
            {
                draft.TellExpiry(now);
                db.Enqueue(new DossierDraftExpiring(draft.Id, now, draft.ProcedureCode, draft.UnitCode, draft.OwnerId, now + notice));
            }, ct);
        telemetry.DraftsExpired(deleted);
        return (told, deleted);
    }

    private async Task<int> EachAsync(FormattableString query, Action<Dossier> change, CancellationToken ct)
    {
        for (var total = 0; ;)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var drafts = await db.Dossiers.FromSql(query).ToListAsync(ct);
            drafts.ForEach(change);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            db.ChangeTracker.Clear();
            total += drafts.Count;
            if (drafts.Count < Batch)
                return total;
        }
    }
}
