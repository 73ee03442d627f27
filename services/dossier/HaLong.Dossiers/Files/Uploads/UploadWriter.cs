using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Files.Uploads;

/// <summary>
/// Appends a body to an upload. Every few megabytes are made safe by themselves, and whatever came before a line broke is kept. The offset
/// moves only from where this writer saw it, so when two write, one of them is told that he is out of step and nothing is mixed.
/// </summary>
internal sealed class UploadWriter(DossierDbContext db, FileStore store, PieceStore pieces, UploadFinisher finisher, IOptions<FileOptions> options, FileTelemetry telemetry, TimeProvider time)
{
    /// <summary>Enough for 50 MB in pieces of 10 KB.</summary>
    private const int MaxPieces = 5000;

    /// <summary>The new offset.</summary>
    public async Task<Result<long>> WriteAsync(Upload upload, Stream body, Checksum? checksum, CancellationToken ct)
    {
        var (at, count) = (upload.Received, upload.Pieces);
        while (at < upload.Length)
        {
            if (count++ >= MaxPieces)
                return FileErrors.TooManyPieces;
            var room = upload.Length - at;
            var most = checksum is null ? Math.Min(room, options.Value.Uploads.PieceBytes) : room;
            using var piece = await store.ReceivePieceAsync(body, most, ct);
            if (checksum is not null && piece.IsBrokenOff)
                return DossierErrors.UploadInterrupted;
            if (checksum is not null && !await checksum.FitsAsync(piece.Path, ct))
                return FileErrors.WrongChecksum;
            if (piece.Size > 0)
            {
                var kept = await KeepAsync(upload, at, piece);
                if (!kept.IsSuccess)
                    return kept.Error;
                at += piece.Size;
            }
            if (piece.IsBrokenOff)
                return DossierErrors.UploadInterrupted;
            if (piece.Size < most)
                break;
        }
        if (at < upload.Length)
            return at;
        await finisher.FinishAsync(upload, ct);
        return await body.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, ct) > 0 ? FileErrors.MoreThanAnnounced : at;
    }

    private async Task<Result> KeepAsync(Upload upload, long at, IncomingFile file)
    {
        // Not cancelled: the sender may be gone, and what he sent is to be there when he comes back.
        var ct = CancellationToken.None;
        var size = file.Size;
        var piece = await pieces.PutAsync(upload.Id, file);
        var expires = time.Now() + options.Value.Uploads.Lifetime;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var moved = await db.Uploads.Where(u => u.Id == upload.Id && u.Received == at).ExecuteUpdateAsync(
            s => s.SetProperty(u => u.Received, at + size).SetProperty(u => u.Pieces, u => u.Pieces + 1).SetProperty(u => u.ExpiresAt, expires), ct);
        if (moved == 0)
        {
            await pieces.RemoveAsync(upload.Id, piece, ct);
            return FileErrors.OffsetConflict;
        }
        db.UploadPieces.Add(new UploadPiece { Id = piece, UploadId = upload.Id, Start = at, Length = size });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        telemetry.PieceReceived(size);
        return Result.Success;
    }
}
