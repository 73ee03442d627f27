using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features.Opinions;

/// <summary>An agency did not answer in time: the handling goes on without it.</summary>
internal sealed class CloseOpinion(DossierDbContext db, LifecycleDesk desk)
{
    /// <param name="Reason">How the handling goes on.</param>
    internal sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/opinions/{opinionId:guid}/closure",
            (Guid id, Guid opinionId, Request request, CloseOpinion handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, opinionId, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Stop waiting for an answer whose deadline is over")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422);

    private async Task<IResult> HandleAsync(Guid id, Guid opinionId, Request request, HttpContext http, CancellationToken ct)
    {
        var input = new Input();
        var reason = input.Need("reason", request.Reason);
        return await desk.ActAsync(id, Moves.CloseOpinion, http, async deed =>
        {
            if (input.Error is { } error)
                return error;
            var opinion = await db.Opinions.SingleOrDefaultAsync(o => o.Id == opinionId && o.DossierId == id, ct);
            return opinion is null
                ? LifecycleErrors.OpinionNotFound
                : deed.Dossier.CloseOpinion(opinion, await db.NextDeadlineAsync(opinion, ct), deed.Actor, reason, deed.Now);
        }, ct);
    }
}
