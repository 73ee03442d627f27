using HaLong.Dossiers.Files.Uploads;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Schedules;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Documents;

/// <summary>
/// Removes uploads that nobody finished or attached, links that are over, and files that nothing refers to: deleted drafts, removed
/// documents, uploads whose transaction failed.
/// </summary>
internal sealed partial class FileSweep(
    IServiceScopeFactory scopes, FileStore store, PieceStore pieces, IOptions<FileOptions> options, TimeProvider time, ILogger<FileSweep> log) : BackgroundService
{
    private const int Batch = 500;

    /// <summary>One round; gives the number of files removed.</summary>
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
        var now = time.GetUtcNow();
        await db.DocumentLinks.Where(l => l.ExpiresAt < now).ExecuteDeleteAsync(ct);
        // Rows first: pieces without a row are removed below, and again in the next round if this one breaks off.
        await db.Uploads.Where(u => u.ExpiresAt < now).ExecuteDeleteAsync(ct);

        var age = options.Value.OrphanAge;
        var removed = store.RemoveIncoming(age) + await SweepPiecesAsync(db, age, ct);
        await foreach (var hashes in store.OlderThanAsync(age, ct).Chunk(Batch).WithCancellation(ct))
        {
            var documents = await db.Documents.Where(d => hashes.Contains(d.Sha256)).Select(d => d.Sha256).ToListAsync(ct);
            var uploads = await db.Uploads.Where(u => u.Sha256 != null && hashes.Contains(u.Sha256)).Select(u => u.Sha256!).ToListAsync(ct);
            var books = await BooksAsync(db, hashes, ct);
            var reports = await ReportFiles.StillKeptAsync(db, hashes, now, ct);
            foreach (var hash in hashes.Except(documents).Except(uploads).Except(books).Except(reports))
                removed += await RemoveAsync(db, hash, age, ct) ? 1 : 0;
        }
        if (removed > 0)
            Swept(log, removed);
        return removed;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(options.Value.SweepInterval, time, SweepAsync, e => SweepFailed(log, e), stoppingToken);

    private async Task<int> SweepPiecesAsync(DossierDbContext db, TimeSpan age, CancellationToken ct)
    {
        var removed = 0;
        await foreach (var batch in pieces.OlderThanAsync(age, ct).Chunk(Batch).WithCancellation(ct))
        {
            var ids = batch.Select(p => p.Piece).ToList();
            var known = await db.UploadPieces.Where(p => ids.Contains(p.Id)).Select(p => p.Id).ToListAsync(ct);
            foreach (var (upload, piece) in batch.ExceptBy(known, p => p.Piece))
                removed += await pieces.RemoveAsync(upload, piece, ct) ? 1 : 0;
        }
        return removed;
    }

    /// <summary>Those that are books of the register.</summary>
    private static async Task<List<string>> BooksAsync(DossierDbContext db, string[] hashes, CancellationToken ct) =>
        [.. (await db.RegisterBooks.Where(b => hashes.Contains(b.Sha256) || hashes.Contains(b.UnsignedSha256)).Select(b => new { b.Sha256, b.UnsignedSha256 }).ToListAsync(ct))
            .SelectMany(b => new[] { b.Sha256, b.UnsignedSha256 }).OfType<string>()];

    /// <summary>Removes a file that nobody refers to. Whoever attaches the same content at this moment has put its row in, or finds the file gone and is told so.</summary>
    public async Task<bool> RemoveAsync(DossierDbContext db, string hash, TimeSpan age, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockFileAsync(hash, shared: false, ct);
        var used = await db.Documents.AnyAsync(d => d.Sha256 == hash, ct) || await db.Uploads.AnyAsync(u => u.Sha256 == hash, ct) || (await BooksAsync(db, [hash], ct)).Count > 0
            || (await ReportFiles.StillKeptAsync(db, [hash], time.GetUtcNow(), ct)).Count > 0;
        return !used && await store.RemoveAsync(hash, age, ct);
    }

    [LoggerMessage(4010, LogLevel.Information, "Removed {Files} files that nobody refers to")]
    private static partial void Swept(ILogger log, int files);

    [LoggerMessage(4011, LogLevel.Warning, "The sweep of files failed; tried again later")]
    private static partial void SweepFailed(ILogger log, Exception e);
}
