using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Watchdog.Views;

/// <summary>What one dossier waits for and which warnings were given about it.</summary>
internal sealed class GetDossierWaits(DossierDbContext db, DossierDesk desk, LifecycleViews views, ReadRecord reads)
{
    /// <param name="WaitingFor">Null when it is over.</param>
    /// <param name="Warnings">Oldest first, also about earlier waits.</param>
    internal sealed record View(WaitView? WaitingFor, IReadOnlyList<WarningView> Warnings);

    public static void Map(IEndpointRouteBuilder dossiers) => dossiers
        .MapGet("/{id:guid}/waits", (Guid id, GetDossierWaits handler, CancellationToken ct) => handler.HandleAsync(id, ct))
        .RequireAuthorization(Policies.Acting)
        .WithSummary("What the dossier waits for, and the warnings given about it")
        .Answers<View>(200, 403, 404, 503);

    private async Task<IResult> HandleAsync(Guid id, CancellationToken ct)
    {
        var visible = await desk.VisibleAsync(Acts.DossierRead, ct);
        if (!visible.IsSuccess)
            return visible.Error.ToProblem();
        if (await visible.Value.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } dossier)
            return DossierErrors.DossierNotFound.ToProblem();
        await reads.AddAsync(ReadRecord.Deadline, id, dossier.OwnerId, ct);
        var warnings = await db.WaitWarnings.AsNoTracking().Where(w => w.DossierId == id).OrderBy(w => w.GivenAt).ThenBy(w => w.PlannedAt).ToListAsync(ct);
        return TypedResults.Ok(new View(await views.WaitAsync(dossier, ct), warnings.ConvertAll(WarningView.Of)));
    }
}
