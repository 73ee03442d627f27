using System.Runtime.CompilerServices;
using HaLong.Dossiers.Documents;

namespace HaLong.Dossiers.Files.Uploads;

/// <summary>Pieces of uploads among the blobs, each under a name of its own: two writers cannot overwrite each other.</summary>
internal sealed class PieceStore(IBlobs blobs, TimeProvider time)
{
    private const string Folder = "pieces/";

    public async Task<Guid> PutAsync(Guid upload, IncomingFile file)
    {
        var piece = Guid.CreateVersion7();
        await StorageTrouble.GuardAsync(() => blobs.PutAsync(KeyOf(upload, piece), file.Path, CancellationToken.None));
        file.Kept = true;
        return piece;
    }

    public Task<Stream> OpenAsync(Guid upload, Guid piece, CancellationToken ct) => StorageTrouble.GuardAsync(() => blobs.OpenAsync(KeyOf(upload, piece), ct));

    public Task<bool> RemoveAsync(Guid upload, Guid piece, CancellationToken ct) => blobs.RemoveAsync(KeyOf(upload, piece), time.GetUtcNow().AddDays(1), ct);

    public async IAsyncEnumerable<(Guid Upload, Guid Piece)> OlderThanAsync(TimeSpan age, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var key in blobs.OlderThanAsync(Folder, time.GetUtcNow() - age, ct))
            if (key.Split('/') is [_, var upload, var piece] && Parse(upload) is { } ofUpload && Parse(piece) is { } ofPiece)
                yield return (ofUpload, ofPiece);
    }

    private static string KeyOf(Guid upload, Guid piece) => $"{Folder}{upload:N}/{piece:N}";

    private static Guid? Parse(string text) => Guid.TryParseExact(text, "N", out var id) ? id : null;
}
