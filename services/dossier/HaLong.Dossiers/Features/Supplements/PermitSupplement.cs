using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features.Supplements;

/// <summary>A supervisor lets the applicant be asked a second time at a stage, or late: with a reason, counted and flagged.</summary>
internal sealed class PermitSupplement(LifecycleDesk desk)
{
    /// <param name="Reason">Why once in time was not enough.</param>
    internal sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/supplement-permission",
            (Guid id, Request request, PermitSupplement handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Permit one more supplement request, or a late one")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422);

    private async Task<IResult> HandleAsync(Guid id, Request request, HttpContext http, CancellationToken ct)
    {
        var input = new Input();
        var reason = input.Need("reason", request.Reason);
        return await desk.ActAsync(id, Moves.PermitSupplement, http,
            deed => input.Error is { } error ? error : deed.Dossier.PermitSupplement(deed.Actor, reason, deed.Now), ct);
    }
}
