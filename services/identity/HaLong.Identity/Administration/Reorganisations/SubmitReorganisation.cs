using System.Text.Json;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Administration.Reorganisations;

/// <summary>Takes a document in, tries it out without changing anything, and keeps it as a draft with the report.</summary>
internal static class SubmitReorganisation
{
    public static async Task<IResult> HandleAsync(
        ReorganisationDocument document, IdentityDbContext db, AdminScope scopes, ReorganisationPlanner planner, AuditTrail audit, TimeProvider time,
        HttpContext http, CancellationToken ct)
    {
        var scope = await scopes.ReadAsync(ct);
        if (!scope.IsProvince)
            return IdentityErrors.ProvinceOnly.ToProblem();
        if (DocumentCheck.Check(document) is { } wrong)
            return wrong.ToProblem();

        var report = (await planner.MakeAsync(document, ct)).Report();
        var now = time.GetUtcNow();
        var draft = Reorganisation.Submit(
            Guid.CreateVersion7(now), report.Effective, document.LegalBasis!.Trim(), JsonSerializer.Serialize(document, ReorganisationView.Json),
            JsonSerializer.Serialize(report, ReorganisationView.Json), scope.Person, now);
        db.Reorganisations.Add(draft);
        audit.Record("reorganisation.submitted", AuditTarget.Reorganisation, draft.Id, null, null, ForAudit(draft, report));
        await db.SaveChangesAsync(ct);
        Etag.Set(http.Response, draft.Version);
        return TypedResults.Created($"/api/v1/admin/reorganisations/{draft.Id}", ReorganisationView.Of(draft, report));
    }

    internal static object ForAudit(Reorganisation r, ReorganisationReport report) => new
    {
        r.State,
        r.Effective,
        r.LegalBasis,
        Ended = report.Ended.Count,
        Created = report.Created.Count,
        report.Transitions,
        Moved = report.Moves.Count,
        Faults = report.Faults.Count,
    };
}
