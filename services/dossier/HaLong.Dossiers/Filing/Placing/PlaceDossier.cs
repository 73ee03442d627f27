using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Filing.Placing;

/// <summary>Says anew where a draft goes: another place, another unit, another counter to fetch the result at.</summary>
internal sealed class PlaceDossier(DossierDesk desk, ProcedureCatalogue catalogue, PlacementRouter router, ActingRights rights, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapPut("/{id:guid}/placement", (Guid id, PlacementInput request, PlaceDossier handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Filing)
        .WithSummary("Say where a draft goes: by place (the unit that decides follows from it), or by unit; and which unit receives it")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422, 503);

    private async Task<IResult> HandleAsync(Guid id, PlacementInput request, HttpContext http, CancellationToken ct)
    {
        var taken = await desk.TakeOwnAsync(id, Acts.DossierFill, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var dossier = taken.Value;
        if (dossier.Status != DossierStatus.Draft)
            return dossier.WrongState().ToProblem();
        var now = time.Now();
        var procedure = catalogue.ContentOf(await catalogue.GetAsync(dossier.ProcedureId, ct));
        var placement = await router.PlaceAsync(procedure, request, LocalTime.Date(now), ct);
        if (!placement.IsSuccess)
            return placement.Error.ToProblem();
        dossier.Place(placement.Value, now);
        var allowed = await rights.CommitAsync(Acts.DossierFill, dossier, ct);
        return allowed.IsSuccess ? await desk.SaveAsync(dossier, "place", http, ct) : allowed.Error.ToProblem();
    }
}
