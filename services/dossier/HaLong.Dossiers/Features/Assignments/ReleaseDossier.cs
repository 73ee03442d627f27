using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features.Assignments;

/// <summary>The case officer, or a supervisor, gives a dossier back to those that nobody in the unit has.</summary>
internal sealed class ReleaseDossier(LifecycleDesk desk)
{
    /// <param name="Reason">Why.</param>
    internal sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/release",
            (Guid id, Request request, ReleaseDossier handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Give a dossier back to the unit's pool")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422);

    private async Task<IResult> HandleAsync(Guid id, Request request, HttpContext http, CancellationToken ct)
    {
        var input = new Input();
        var reason = input.Need("reason", request.Reason);
        return await desk.ActAsync(id, Moves.Release, http, deed => input.Error is { } error ? error : deed.Dossier.Release(deed.Actor, reason, deed.Now), ct);
    }
}
