using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features.Reception;

/// <summary>The originals that were taken for comparison go back to the applicant.</summary>
internal sealed class ReturnOriginals(LifecycleDesk desk)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/originals-return", (Guid id, ReturnOriginals handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Give the originals back to the applicant")
        .Answers<DossierView>(200, 403, 404, 409, 412, 422);

    private Task<IResult> HandleAsync(Guid id, HttpContext http, CancellationToken ct) =>
        desk.ActAsync(id, Moves.ReturnOriginals, http, deed => deed.Dossier.ReturnOriginals(deed.Actor, deed.Now), ct);
}
