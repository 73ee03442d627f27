using HaLong.Messaging;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Planning;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Contacts;

/// <summary><c>POST /api/v1/admin/contact-problems/{id}/resolve</c>: the person was asked, or told.</summary>
internal static class ResolveContactProblem
{
    public static void MapResolveContactProblem(this IEndpointRouteBuilder problems) => problems.MapPost("/{id:guid}/resolve", HandleAsync)
        .WithName("resolveContactProblem")
        .WithSummary("Say that the person was asked for better contact details")
        .WithDescription(
            "For reception and chief of a unit with an open dossier of the person. The task comes back when the next message fails too. It ends by itself "
            + "when the person changes the details, or when something arrives. Recorded as evidence.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .WithIdempotency<NotificationDbContext>();

    private static async Task<IResult> HandleAsync(Guid id, Caller caller, NotificationDbContext db, TimeProvider clock, CancellationToken ct)
    {
        if (ContactProblemAccess.UnitOf(caller) is not { } unit)
            return RuleErrors.WrongUnit.ToProblem();
        if (await db.Set<ContactProblem>().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } problem
            || !await ContactProblemAccess.OpenDossiers(db, unit).AnyAsync(d => d.AccountId == problem.AccountId, ct))
            return RuleErrors.ProblemNotFound.ToProblem();
        if (problem.ResolvedAt is not null)
            return RuleErrors.ProblemClosed.ToProblem();

        problem.Resolve(caller.ActorId, clock.GetUtcNow());
        db.Record("notification.contact-problem-resolved", id.ToString(), new { id, problem.AccountId, problem.Channel, problem.Times });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // It counted on, or ended by itself, while the official read it: either is worth another look.
            return CommonErrors.LostRace.ToProblem();
        }

        return TypedResults.NoContent();
    }
}
