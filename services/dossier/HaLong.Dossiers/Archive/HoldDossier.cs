using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Archive;

/// <summary>A dossier must be kept whatever its retention says, because of a complaint, a lawsuit or an inspection; and the end of that.</summary>
internal sealed class HoldDossier(DossierDesk desk, Caller caller, TimeProvider time)
{
    /// <param name="Reason">The complaint, lawsuit or inspection.</param>
    internal sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapPut("/{id:guid}/legal-hold", (Guid id, Request request, HoldDossier handler, HttpContext http, CancellationToken ct) => handler.HoldAsync(id, request, http, ct))
            .WithIdempotency<DossierDbContext>()
            .RequireAuthorization(Policies.Chief)
            .WithSummary("Keep a dossier from destruction, with the reason")
            .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422);
        group.MapDelete("/{id:guid}/legal-hold", (Guid id, HoldDossier handler, HttpContext http, CancellationToken ct) => handler.EndAsync(id, http, ct))
            .WithIdempotency<DossierDbContext>()
            .RequireAuthorization(Policies.Chief)
            .WithSummary("End a legal hold")
            .Answers<DossierView>(200, 403, 404, 409, 412);
    }

    private async Task<IResult> HoldAsync(Guid id, Request request, HttpContext http, CancellationToken ct)
    {
        var input = new Input();
        var reason = input.Need("reason", request.Reason, Input.Short);
        if (input.Error is { } error)
            return error.ToProblem();
        return await ChangeAsync(id, "hold", dossier => dossier.Hold(caller.ActorId, reason, time.Now()), http, ct);
    }

    private Task<IResult> EndAsync(Guid id, HttpContext http, CancellationToken ct) => ChangeAsync(id, "endHold", dossier => dossier.EndHold(), http, ct);

    private async Task<IResult> ChangeAsync(Guid id, string action, Func<Dossier, Result> change, HttpContext http, CancellationToken ct)
    {
        var taken = await desk.TakeOfUnitAsync(id, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var done = change(taken.Value);
        return done.IsSuccess ? await desk.SaveAsync(taken.Value, action, http, ct) : done.Error.ToProblem();
    }
}
