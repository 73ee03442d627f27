using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Files.Uploads;

/// <summary>Gives an upload up. Its bytes go at once; what cannot be removed now the sweep finds.</summary>
internal sealed class TerminateUpload(DossierDbContext db, UploadDesk desk, PieceStore pieces)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapDelete("/{id:guid}", (Guid id, TerminateUpload handler, CancellationToken ct) => handler.HandleAsync(id, ct))
        .SpeaksTus()
        .RequireAuthorization(Policies.Filing)
        .WithSummary("Give an upload up (TUS 1.0 termination)")
        .Answers(204, 403, 404, 412, 503);

    public async Task<IResult> HandleAsync(Guid id, CancellationToken ct)
    {
        var taken = await desk.TakeAsync(id, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var left = await db.UploadPieces.Where(p => p.UploadId == id).Select(p => p.Id).ToListAsync(ct);
        await db.Uploads.Where(u => u.Id == id).ExecuteDeleteAsync(ct);
        foreach (var piece in left)
            await pieces.RemoveAsync(id, piece, ct);
        return TypedResults.NoContent();
    }
}
