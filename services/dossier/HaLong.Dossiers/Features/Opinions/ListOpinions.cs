using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features.Opinions;

/// <summary>The questions about a dossier and their answers, for officials of its unit; who is asked sees the own ones.</summary>
internal sealed class ListOpinions(DossierDbContext db, DossierDesk desk, ReadRecord reads, Caller caller)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{id:guid}/opinions", (Guid id, ListOpinions handler, CancellationToken ct) => handler.HandleAsync(id, ct))
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Opinions of other agencies about a dossier")
        .Answers<IReadOnlyList<OpinionView>>(200, 403, 404);

    private async Task<IResult> HandleAsync(Guid id, CancellationToken ct)
    {
        var ours = await desk.OfUnit.AsNoTracking().Where(d => d.Id == id).Select(d => (Guid?)d.OwnerId).SingleOrDefaultAsync(ct);
        var asked = ours ?? await desk.AskedOfUnit.AsNoTracking().Where(d => d.Id == id).Select(d => (Guid?)d.OwnerId).SingleOrDefaultAsync(ct);
        if (asked is not { } owner)
            return DossierErrors.DossierNotFound.ToProblem();
        await reads.AddAsync(ReadRecord.Opinions, id, owner, ct);
        var opinions = await db.Opinions.AsNoTracking()
            .Where(o => o.DossierId == id && (ours != null || o.UnitCode == caller.Unit)).OrderBy(o => o.Number).ToListAsync(ct);
        return TypedResults.Ok(opinions.ConvertAll(OpinionView.Of));
    }
}
