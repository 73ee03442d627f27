using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features;

/// <summary>An officer or reception hands the result over: the dossier is finished.</summary>
internal sealed class ReturnDossier(DossierDesk desk, Caller caller, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/return", (Guid id, ReturnDossier handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Hand the result over")
        .Answers<DossierView>(200, 403, 404, 409, 412, 422);

    private async Task<IResult> HandleAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        if (new[] { Roles.Reception, Roles.Officer }.FirstOrDefault(caller.IsInRole) is not { } role)
            return DossierErrors.WrongRole.ToProblem();
        var taken = await desk.TakeAtReceptionAsync(id, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var returned = taken.Value.Return(desk.As(role), time.Now());
        return returned.IsSuccess ? await desk.SaveAsync(taken.Value, "return", http, ct) : returned.Error.ToProblem();
    }
}
