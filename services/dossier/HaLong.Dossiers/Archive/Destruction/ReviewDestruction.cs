using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Archive.Destruction;

/// <summary>A second official approves a list, or rejects it. What is approved is destroyed in the background.</summary>
internal sealed class ReviewDestruction(DossierDbContext db, DossierDesk desk, ArchiveKeepers keepers, ArchiveRounds rounds, TimeProvider time)
{
    /// <param name="Reason">Why it is rejected.</param>
    internal sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapPost("/{id:guid}/approval", (Guid id, ReviewDestruction handler, HttpContext http, CancellationToken ct) => handler.ApproveAsync(id, http, ct))
            .WithIdempotency<DossierDbContext>()
            .RequireAuthorization(Policies.Administrator)
            .RequireStrong()
            .WithSummary("Approve a destruction list that somebody else proposed; its dossiers are destroyed in the background")
            .Answers<DestructionView>(200, 403, 404, 409, 412, 422, 503);
        group.MapPost("/{id:guid}/rejection", (Guid id, Request? request, ReviewDestruction handler, HttpContext http, CancellationToken ct) => handler.RejectAsync(id, request, http, ct))
            .WithIdempotency<DossierDbContext>()
            .RequireAuthorization(Policies.Administrator)
            .WithSummary("Reject a destruction list, with the reason")
            .Answers<DestructionView>(200, 400, 403, 404, 409, 412, 422, 503);
    }

    private async Task<IResult> ApproveAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var taken = await TakeAsync(id, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var approved = taken.Value.Approve(desk.As(Roles.Administrator), time.Now());
        if (!approved.IsSuccess)
            return approved.Error.ToProblem();
        var held = await db.DestructionItems.Where(i => i.ListId == id && db.Dossiers.Any(d => d.Id == i.DossierId && d.HoldReason != null))
            .OrderBy(i => i.Number).Select(i => i.Code).ToListAsync(ct);
        if (held.Count > 0)
            return held.Aggregate(ArchiveErrors.OnHold, (error, code) => error.WithField("dossiers", code, code)).ToProblem();
        http.Response.OnCompleted(() =>
        {
            rounds.Wake();
            return Task.CompletedTask;
        });
        return await SaveAsync(taken.Value, http, ct);
    }

    private async Task<IResult> RejectAsync(Guid id, Request? request, HttpContext http, CancellationToken ct)
    {
        var taken = await TakeAsync(id, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var input = new Input();
        var reason = input.Need("reason", request?.Reason, Input.Short);
        if (input.Error is { } error)
            return error.ToProblem();
        var rejected = taken.Value.Reject(desk.As(Roles.Administrator), reason, time.Now());
        if (!rejected.IsSuccess)
            return rejected.Error.ToProblem();
        await using var transaction = await db.BeginOwnTransactionAsync(ct);
        await db.DestructionItems.Where(i => i.ListId == id).ExecuteUpdateAsync(s => s.SetProperty(i => i.State, DestructionItemState.Released), ct);
        var answer = await SaveAsync(taken.Value, http, ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return answer;
    }

    private async Task<Result<DestructionList>> TakeAsync(Guid id, HttpRequest request, CancellationToken ct)
    {
        if (await db.DestructionLists.SingleOrDefaultAsync(l => l.Id == id, ct) is not { } list)
            return ArchiveErrors.ListNotFound;
        if (await keepers.RefuseAsync(list.UnitCode, ct) is { } refusal)
            return refusal;
        return Etag.Check(request, list.Version) is { } stale ? stale : list;
    }

    private async Task<IResult> SaveAsync(DestructionList list, HttpContext http, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        Etag.Set(http.Response, list.Version);
        return TypedResults.Ok(DestructionView.Of(list));
    }
}
