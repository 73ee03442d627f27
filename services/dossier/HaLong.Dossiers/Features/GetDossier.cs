using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Statistics.Waits.Expected;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features;

/// <summary>One dossier: the owner's, or filed with the official's unit.</summary>
internal sealed class GetDossier(DossierDesk desk, DeadlineDesk deadlines, ExpectedWaits waits, ReadRecord reads)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{id:guid}", (Guid id, GetDossier handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, http, ct))
        .RequireAuthorization(Policies.Acting)
        .WithSummary("One dossier with its documents, fees and payment")
        .Answers<DossierView>(200, 403, 404, 503);

    private async Task<IResult> HandleAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var visible = await desk.VisibleAsync(Acts.DossierRead, ct);
        if (!visible.IsSuccess)
            return visible.Error.ToProblem();
        if (await visible.Value.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } dossier)
            return DossierErrors.DossierNotFound.ToProblem();
        await reads.AddAsync(ReadRecord.Dossier, id, dossier.OwnerId, ct);
        Etag.Set(http.Response, dossier.Version);
        var view = await desk.ViewAsync(dossier, ct);
        return TypedResults.Ok(view with { ExpectedWait = await waits.OfAsync(dossier, () => deadlines.LimitOfAsync(dossier, ct), ct) });
    }
}
