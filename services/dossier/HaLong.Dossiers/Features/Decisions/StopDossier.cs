using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features.Decisions;

/// <summary>An approver stops the handling on a legal ground: the dossier is over without a result.</summary>
internal sealed class StopDossier(LifecycleDesk desk)
{
    /// <param name="LegalBasis">The provision it rests on.</param>
    /// <param name="Reason">Why, in plain words.</param>
    internal sealed record Request(string? LegalBasis, string? Reason);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/stop",
            (Guid id, Request request, StopDossier handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Approver)
        .WithSummary("Stop the handling on a legal ground")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422);

    private async Task<IResult> HandleAsync(Guid id, Request request, HttpContext http, CancellationToken ct)
    {
        var input = new Input();
        var grounds = new Grounds(input.Need("legalBasis", request.LegalBasis), input.Need("reason", request.Reason));
        return await desk.ActAsync(id, Moves.Stop, http, deed => input.Error is { } error ? error : deed.Dossier.Stop(deed.Actor, grounds, deed.Now), ct);
    }
}
