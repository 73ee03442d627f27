using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Files.Uploads;

/// <summary>Puts the pieces of a complete upload together and stores the file. Done after the last piece; if that failed, when it is attached.</summary>
internal sealed class UploadFinisher(DossierDbContext db, FileStore store, PieceStore pieces)
{
    /// <summary>The upload as it is afterwards. Twice does no harm.</summary>
    public async Task<Upload?> FinishAsync(Upload upload, CancellationToken ct)
    {
        if (upload.Sha256 is null)
        {
            var list = await db.UploadPieces.AsNoTracking().Where(p => p.UploadId == upload.Id).OrderBy(p => p.Start).ToListAsync(ct);
            await using (var whole = new PiecesStream(list.Select(p => (Func<CancellationToken, Task<Stream>>)(stop => pieces.OpenAsync(upload.Id, p.Id, stop)))))
            {
                using var file = await store.ReceiveAsync(whole, upload.Length, ct);
                if (file.Size != upload.Length)
                    throw new InvalidDataException($"Upload {upload.Id} has {file.Size} of {upload.Length} bytes in its pieces.");
                var (hash, type) = (file.Sha256, file.Type);
                // What nobody would accept is not worth its room; its row remains, to say so when it is to be attached.
                if (type is not null)
                    await store.KeepAsync(file, ct);
                await db.Uploads.Where(u => u.Id == upload.Id && u.Sha256 == null).ExecuteUpdateAsync(
                    s => s.SetProperty(u => u.Sha256, hash).SetProperty(u => u.MediaType, type == null ? null : type.MediaType), ct);
            }
            await db.UploadPieces.Where(p => p.UploadId == upload.Id).ExecuteDeleteAsync(ct);
            foreach (var piece in list)
                await pieces.RemoveAsync(upload.Id, piece.Id, ct);
        }
        return await db.Uploads.AsNoTracking().SingleOrDefaultAsync(u => u.Id == upload.Id, ct);
    }
}
