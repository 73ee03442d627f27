using System.Security.Cryptography;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Archive.Exports;

/// <summary>
/// Writes one dossier that somebody ordered, in one transaction that holds its row: replicas share the work, and what a crash interrupts is done
/// again under the same key.
/// </summary>
internal sealed partial class ArchiveClaim(
    DossierDbContext db, ArchiveWriter writer, IBlobs blobs, IOptions<ArchiveOptions> options, ArchiveTelemetry telemetry, TimeProvider time, ILogger<ArchiveClaim> log)
{
    /// <summary>Where a dossier lies: one place for it, however often it is exported.</summary>
    public static string KeyOf(string prefix, string unit, string code) => $"{prefix}/{unit}/{code}.zip";

    /// <returns>False when there is nothing to do.</returns>
    public async Task<bool> RunOneAsync(CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Those whose papers are still being sealed come later.
        var claimed = await db.ArchiveItems.FromSql($"""
            SELECT * FROM archive_item i
            WHERE state = 'pending' AND NOT EXISTS (SELECT 1 FROM form_paper p WHERE p.dossier_id = i.dossier_id AND p.signed_at IS NULL)
              AND (EXISTS (SELECT 1 FROM form_paper p WHERE p.dossier_id = i.dossier_id AND p.kind = 'CONTROL')
                OR NOT EXISTS (SELECT 1 FROM issued_form f WHERE f.dossier_id = i.dossier_id AND f.kind = 'CONTROL'))
            ORDER BY export_id, dossier_id LIMIT 1 FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        if (claimed is not [var item])
            return false;
        (item.State, item.DoneAt) = (await WriteAsync(item, ct), time.Now());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        if (item.State == ArchiveItemState.Done)
            telemetry.Archived();
        return true;
    }

    private async Task<string> WriteAsync(ArchiveItem item, CancellationToken ct)
    {
        var found = await db.Dossiers.AsNoTracking().SingleOrDefaultAsync(d => d.Id == item.DossierId, ct);
        if (found is not { DestroyedAt: null })
            return ArchiveItemState.Gone;
        var key = KeyOf(options.Value.Prefix, found.UnitCode, found.Code!);
        try
        {
            var path = await writer.WriteAsync(found, inside: true, ct);
            try
            {
                await using (var file = File.OpenRead(path))
                    item.Sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
                await StorageTrouble.GuardAsync(() => blobs.PutAsync(key, path, ct));
            }
            finally
            {
                File.Delete(path);
            }
        }
        catch (InvalidDataException e)
        {
            Incomplete(log, e, item.DossierId);
            return ArchiveItemState.Failed;
        }
        // Locked only now: writing takes a while, and payments of closed dossiers need not wait for it.
        if (await db.LockAsync(item.DossierId, ct) is not { DestroyedAt: null } dossier)
        {
            await blobs.RemoveAsync(key, time.GetUtcNow().AddDays(1), ct);
            return ArchiveItemState.Gone;
        }
        item.Key = key;
        dossier.Archived(key, time.Now());
        return ArchiveItemState.Done;
    }

    [LoggerMessage(4081, LogLevel.Error, "Dossier {DossierId} cannot be archived: a file is lost or damaged")]
    private static partial void Incomplete(ILogger log, Exception e, Guid dossierId);
}
