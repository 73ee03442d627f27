using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features.Opinions;

/// <summary>An official of the unit that was asked answers; a late answer is marked. The answer shows only that it was taken: the dossier is another unit's.</summary>
internal sealed class AnswerOpinion(DossierDbContext db, DossierDesk dossiers, LifecycleDesk desk, DossierTelemetry telemetry, Caller caller)
{
    /// <param name="Answer">What the unit says.</param>
    internal sealed record Request(string? Answer);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/opinions/{opinionId:guid}/answer",
            (Guid id, Guid opinionId, Request request, AnswerOpinion handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, opinionId, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Answer a question about another unit's dossier")
        .Answers<OpinionView>(200, 400, 403, 404, 409, 412, 422);

    private async Task<IResult> HandleAsync(Guid id, Guid opinionId, Request request, HttpContext http, CancellationToken ct)
    {
        if (Transitions.RoleFor(Moves.AnswerOpinion, null, caller.Roles) is not { } role)
            return DossierErrors.WrongRole.ToProblem();
        var opinion = await db.Opinions.SingleOrDefaultAsync(o => o.Id == opinionId && o.DossierId == id && o.UnitCode == caller.Unit, ct);
        if (opinion is null)
            return LifecycleErrors.OpinionNotFound.ToProblem();
        if (!opinion.IsOpen)
            return LifecycleErrors.OpinionClosed.ToProblem();
        var taken = await dossiers.TakeAskedAsync(id, http.Request, ct);
        // Not open to the unit any more: a colleague answered in this moment.
        if (!taken.IsSuccess)
            return (taken.Error.Code == DossierErrors.DossierNotFound.Code ? LifecycleErrors.OpinionClosed : taken.Error).ToProblem();
        var input = new Input();
        var answer = input.Need("answer", request.Answer);
        if (input.Error is { } error)
            return error.ToProblem();
        var done = taken.Value.AnswerOpinion(opinion, await db.NextDeadlineAsync(opinion, ct), dossiers.As(role), answer, desk.Now);
        if (!done.IsSuccess)
            return done.Error.ToProblem();
        db.Record(taken.Value);
        await db.SaveChangesAsync(ct);
        telemetry.Moved(Moves.AnswerOpinion);
        return TypedResults.Ok(OpinionView.Of(opinion));
    }
}

/// <summary>What both ends of an opinion ask.</summary>
internal static class OpinionQueries
{
    /// <summary>The first deadline among the other questions of the dossier that are open.</summary>
    public static Task<DateTimeOffset?> NextDeadlineAsync(this DossierDbContext db, OpinionRequest ended, CancellationToken ct) =>
        db.Opinions.Where(o => o.DossierId == ended.DossierId && o.Id != ended.Id && o.AnsweredAt == null && o.ClosedAt == null).MinAsync(o => (DateTimeOffset?)o.Deadline, ct);
}
