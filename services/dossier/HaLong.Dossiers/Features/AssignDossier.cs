using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features;

/// <summary>An officer takes an accepted dossier up, or gives it to a colleague of the unit.</summary>
internal sealed class AssignDossier(DossierDesk desk, IdentityDirectory directory, Caller caller, TimeProvider time)
{
    /// <param name="OfficerId">Who is to work on it; absent: the caller.</param>
    internal sealed record Request(Guid? OfficerId);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/assignment",
            (Guid id, Request? request, AssignDossier handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Officer)
        .WithSummary("Take an accepted dossier up, or assign it to another officer of the unit")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422, 503);

    private async Task<IResult> HandleAsync(Guid id, Request? request, HttpContext http, CancellationToken ct)
    {
        var taken = await desk.TakeOfUnitAsync(id, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var dossier = taken.Value;
        var officerId = request?.OfficerId ?? caller.AccountId;
        var assigned = dossier.Assign(desk.As(Roles.Officer), officerId, time.Now());
        if (!assigned.IsSuccess)
            return assigned.Error.ToProblem();
        if (officerId != caller.AccountId)
        {
            var known = await directory.CheckOfficerAsync(officerId, dossier.UnitCode, ct);
            if (!known.IsSuccess)
                return known.Error.ToProblem();
        }
        return await desk.SaveAsync(dossier, "assign", http, ct);
    }
}
