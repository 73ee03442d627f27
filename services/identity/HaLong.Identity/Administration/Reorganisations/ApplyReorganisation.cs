using System.Text.Json;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.Units;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Administration.Reorganisations;

/// <summary>
/// Puts a draft into effect: all of it or nothing, one reorganisation at a time, by another administrator than the one who wrote it up.
/// Doing it again changes nothing.
/// </summary>
internal sealed class ApplyReorganisation(
    IdentityDbContext db, AdminScope scopes, ReorganisationPlanner planner, ReorganisationExecution execution, AuditTrail audit, TimeProvider time)
{
    public static Task<IResult> HandleAsync(Guid id, ApplyReorganisation handler, HttpContext http, CancellationToken ct) => handler.RunAsync(id, http, ct);

    public static Task<IResult> DiscardAsync(Guid id, ApplyReorganisation handler, HttpContext http, CancellationToken ct) => handler.DiscardAsync(id, http, ct);

    private async Task<IResult> RunAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        await using var turn = await db.TakeUnitsAsync(ct);
        var (draft, scope, error) = await TakeAsync(id, http, ct);
        if (draft is null || scope is null)
            return (error ?? IdentityErrors.ReorganisationNotFound).ToProblem();
        if (draft.SubmittedBy == scope.Person)
            return IdentityErrors.ReorganisationOwn.ToProblem();
        if (draft.State == Reorganisation.Applied)
            return Show(draft, null, http);
        if (Etag.Check(http.Request, draft.Version) is { } stale)
            return stale.ToProblem();
        if (draft.State != Reorganisation.Draft)
            return IdentityErrors.ReorganisationDecided.ToProblem();

        // Things may have changed since it was submitted: it is tried out again, now that nobody else can change them.
        var plan = await planner.MakeAsync(JsonSerializer.Deserialize<ReorganisationDocument>(draft.Document, ReorganisationView.Json)!, ct);
        if (!plan.IsApplicable)
        {
            return (IdentityErrors.ReorganisationHasFaults with
            {
                FieldMessages = [.. plan.Faults.Take(50).Select(f => new FieldMessage(f.Code, $"{f.Subject}: {f.Vi}", $"{f.Subject}: {f.En}"))],
            }).ToProblem();
        }

        var report = plan.Report();
        await execution.RunAsync(plan, id, scope.Person, ct);
        draft.Apply(JsonSerializer.Serialize(report, ReorganisationView.Json), scope.Person, time.GetUtcNow());
        audit.Record("reorganisation.applied", AuditTarget.Reorganisation, id, null, null, SubmitReorganisation.ForAudit(draft, report));
        await db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
        return Show(draft, report, http);
    }

    private async Task<IResult> DiscardAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        await using var turn = await db.TakeUnitsAsync(ct);
        var (draft, scope, error) = await TakeAsync(id, http, ct);
        if (draft is null || scope is null)
            return (error ?? IdentityErrors.ReorganisationNotFound).ToProblem();
        if (Etag.Check(http.Request, draft.Version) is { } stale)
            return stale.ToProblem();
        if (draft.State != Reorganisation.Draft)
            return IdentityErrors.ReorganisationDecided.ToProblem();
        draft.Discard(scope.Person, time.GetUtcNow());
        audit.Record("reorganisation.discarded", AuditTarget.Reorganisation, id, null, null, new { draft.State });
        await db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
        return TypedResults.NoContent();
    }

    private async Task<(Reorganisation? Draft, Scope? Scope, Error? Error)> TakeAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var scope = await scopes.ReadAsync(ct);
        if (!scope.IsProvince)
            return (null, null, IdentityErrors.ProvinceOnly);
        return (await db.Reorganisations.SingleOrDefaultAsync(r => r.Id == id, http.RequestAborted), scope, null);
    }

    private static Ok<ReorganisationView> Show(Reorganisation draft, ReorganisationReport? report, HttpContext http)
    {
        Etag.Set(http.Response, draft.Version);
        return TypedResults.Ok(ReorganisationView.Of(draft, report));
    }
}
