using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Filing.Duplicates;

/// <summary>Other dossiers of the owner about the same matter: for the applicant before he files, for officials afterwards.</summary>
internal sealed class ListDuplicates(DossierDesk desk, DuplicateFinder finder, ReadRecord reads, TimeProvider time)
{
    /// <param name="Items">Newest first, at most ten.</param>
    /// <param name="Decision">What the applicant said when he filed none the less; null when he did not have to.</param>
    internal sealed record View(IReadOnlyList<SameMatter> Items, DuplicateDecision? Decision);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{id:guid}/duplicates", (Guid id, ListDuplicates handler, CancellationToken ct) => handler.HandleAsync(id, ct))
        .RequireAuthorization(Policies.Acting)
        .WithSummary("Other dossiers of the owner about the same matter, and the decision to file none the less")
        .Answers<View>(200, 403, 404, 503);

    private async Task<IResult> HandleAsync(Guid id, CancellationToken ct)
    {
        var visible = await desk.VisibleAsync(Acts.DossierRead, ct);
        if (!visible.IsSuccess)
            return visible.Error.ToProblem();
        if (await visible.Value.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } dossier)
            return DossierErrors.DossierNotFound.ToProblem();
        await reads.AddAsync(ReadRecord.Dossier, id, dossier.OwnerId, ct);
        var others = await finder.FindAsync(dossier, dossier.MatterKey ?? DuplicateFinder.KeyOf(dossier), time.Now(), ct);
        return TypedResults.Ok(new View(others, dossier.Duplicates));
    }
}
