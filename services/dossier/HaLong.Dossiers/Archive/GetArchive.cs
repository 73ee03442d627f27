using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Papers;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Archive;

/// <summary>A closed dossier as one ZIP: for its owner, and for who answers for the archive of the unit.</summary>
internal sealed partial class GetArchive(DossierDbContext db, DossierDesk desk, ArchiveWriter writer, ReadRecord reads, Caller caller, ILogger<GetArchive> log)
{
    private static readonly string[] Officials = [Roles.Chief, Roles.Approver, Roles.Leader];

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{id:guid}/archive", (Guid id, GetArchive handler, CancellationToken ct) => handler.HandleAsync(id, ct))
        .RequireAuthorization(Policies.Acting)
        .WithSummary("A closed dossier as ZIP: metadata, summary, signed receipt, every file, signed manifest")
        .Answers(200, 403, 404, 409, 503);

    private async Task<IResult> HandleAsync(Guid id, CancellationToken ct)
    {
        var visible = await desk.VisibleAsync(Acts.DossierRead, ct);
        if (!visible.IsSuccess)
            return visible.Error.ToProblem();
        if (await visible.Value.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } dossier)
            return DossierErrors.DossierNotFound.ToProblem();
        var own = dossier.OwnerId == caller.AccountId;
        if (await RefuseAsync(id, own, ct) is { } refusal)
            return refusal.ToProblem();
        if (dossier.DestroyedAt is not null)
            return ArchiveErrors.Destroyed.ToProblem();
        if (!DossierStatus.Over.Contains(dossier.Status))
            return dossier.WrongState().ToProblem();
        if (await ArchivePapers.Unsealed(db, inside: !own).AnyAsync(d => d.Id == id, ct))
            return PaperErrors.Pending.ToProblem();
        await reads.AddAsync(ReadRecord.Archive, id, dossier.OwnerId, ct);
        try
        {
            var path = await writer.WriteAsync(dossier, inside: !own, ct);
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None, 64 * 1024, System.IO.FileOptions.Asynchronous | System.IO.FileOptions.DeleteOnClose);
            return TypedResults.Stream(file, "application/zip", $"{dossier.Code}.zip");
        }
        catch (InvalidDataException e)
        {
            Incomplete(log, e, id);
            return DossierErrors.StorageUnavailable.ToProblem();
        }
    }

    private async Task<Error?> RefuseAsync(Guid id, bool own, CancellationToken ct)
    {
        // The result is in it: who acts for the owner must be allowed to see that too.
        if (own)
            return await desk.OwnerAsync(id, Acts.ResultRead, ct) is { IsSuccess: false } refused ? refused.Error : null;
        if (!Officials.Any(caller.IsInRole))
            return DossierErrors.WrongRole;
        return await desk.OfUnit.AnyAsync(d => d.Id == id, ct) ? null : DossierErrors.DossierNotFound;
    }

    [LoggerMessage(4080, LogLevel.Error, "The archive of dossier {DossierId} cannot be written: a file is lost or damaged")]
    private static partial void Incomplete(ILogger log, Exception e, Guid dossierId);
}
