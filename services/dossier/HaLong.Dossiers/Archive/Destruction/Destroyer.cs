using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Drafts;
using HaLong.Dossiers.Forms;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Archive.Destruction;

/// <summary>
/// Destroys one dossier of an approved list: its content in one transaction that holds its row, then the files that no other dossier refers to. Replicas
/// share the work; what a crash leaves of files the sweep removes.
/// </summary>
internal sealed class Destroyer(DossierDbContext db, IBlobs blobs, FileSweep files, ArchiveTelemetry telemetry, TimeProvider time)
{
    private static readonly string[] Applicants = [Roles.Citizen, Roles.Organisation, Roles.Helper, "delegate", "representative"];

    /// <returns>False when there is nothing to do.</returns>
    public async Task<bool> RunOneAsync(CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var claimed = await db.DestructionItems.FromSql($"""
            SELECT i.* FROM destruction_item i JOIN destruction_list l ON l.id = i.list_id
            WHERE l.state = 'approved' AND i.state = 'pending' ORDER BY i.list_id, i.number LIMIT 1 FOR UPDATE OF i SKIP LOCKED
            """).ToListAsync(ct);
        if (claimed is not [var item])
            return false;
        using var activity = DossierTelemetry.Source.StartActivity("destroy dossier");
        activity?.SetTag("dossier.id", item.DossierId);
        if (await db.LockAsync(item.DossierId, ct) is { HoldReason: null, DestroyedAt: null } dossier)
            await DestroyAsync(item, dossier, ct);
        else
            item.Held(time.Now());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        if (item.State != DestructionItemState.Destroyed)
            return true;
        telemetry.Destroyed();
        foreach (var hash in item.Files.Select(f => f.Sha256).Distinct())
            await files.RemoveAsync(db, hash, TimeSpan.Zero, ct);
        return true;
    }

    private async Task DestroyAsync(DestructionItem item, Dossier dossier, CancellationToken ct)
    {
        // The database lets nobody else touch what is closed.
        await db.Database.ExecuteSqlAsync($"SELECT set_config('halong.destroying', 'on', true)", ct);
        var (id, now) = (dossier.Id, time.Now());
        item.Destroyed(
            await db.Documents.AsNoTracking().Where(d => d.DossierId == id).OrderBy(d => d.Id).Select(d => new DestroyedFile(d.Kind, d.Size, d.Sha256)).ToListAsync(ct), now);
        // Before the end of the transaction: if this fails, all of it is tried again.
        if (dossier.ArchiveKey is { } key)
            await StorageTrouble.GuardAsync(() => blobs.RemoveAsync(key, now.AddDays(1), ct));
        dossier.Destroy(item.ListId, now);
        await db.Documents.Where(d => d.DossierId == id).ExecuteDeleteAsync(ct);
        await db.FormPapers.Where(p => p.DossierId == id).ExecuteDeleteAsync(ct);
        await db.IssuedForms.Where(f => f.DossierId == id).ExecuteDeleteAsync(ct);
        await db.Notes.Where(n => n.DossierId == id).ExecuteDeleteAsync(ct);
        await db.Supplements.Where(s => s.DossierId == id).ExecuteDeleteAsync(ct);
        await db.Opinions.Where(o => o.DossierId == id).ExecuteDeleteAsync(ct);
        await db.SubmissionReceipts.Where(r => r.DossierId == id).ExecuteDeleteAsync(ct);
        await db.Set<DossierForm>().Where(f => f.DossierId == id).ExecuteDeleteAsync(ct);
        await db.Set<DraftRevision>().Where(r => r.DossierId == id).ExecuteDeleteAsync(ct);
        await db.Demands.Where(f => f.DossierId == id).ExecuteUpdateAsync(s => s.SetProperty(f => f.Reason, "").SetProperty(f => f.LegalBasis, (string?)null), ct);
        // That something was done and by which official stays; the words, and who asked for it, go.
        await db.Timeline.Where(t => t.DossierId == id).ExecuteUpdateAsync(
            s => s.SetProperty(t => t.NoteVi, "").SetProperty(t => t.NoteEn, "").SetProperty(t => t.ActorId, t => Applicants.Contains(t.ActorRole) ? Guid.Empty : t.ActorId), ct);
    }
}
