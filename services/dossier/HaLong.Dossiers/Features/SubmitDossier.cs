using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Forms;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Features;

/// <summary>Files a draft: everything missing is told at once; then the dossier gets its code, in the same transaction.</summary>
internal sealed class SubmitDossier(
    DossierDbContext db, DossierDesk desk, ProcedureCatalogue catalogue, ActingRights rights, FormCheck forms, IOptions<DossierOptions> options, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/submission", (Guid id, SubmitDossier handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Applicant)
        .WithSummary("File a draft: it gets its dossier code")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422, 503);

    private async Task<IResult> HandleAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var taken = await desk.TakeOwnAsync(id, Acts.DossierSubmit, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var dossier = taken.Value;
        if (dossier.Status != DossierStatus.Draft)
            return dossier.WrongState().ToProblem();
        // The version in force today counts, not the one of the day the draft was opened.
        var procedure = await catalogue.FindAsync(dossier.ProcedureCode, ct) ?? await catalogue.GetAsync(dossier.ProcedureId, ct);
        var filed = await db.Documents.Where(d => d.DossierId == id && d.Kind == DocumentKind.Component).Select(d => d.Component).ToListAsync(ct);
        var complete = dossier.CheckComplete(catalogue.ContentOf(procedure), filed);
        if (FormCheck.Join(complete.IsSuccess ? null : complete.Error, await forms.CheckAsync(dossier, ct)) is { } defects)
            return defects.ToProblem();

        var now = time.Now();
        var day = LocalTime.Date(now);
        // Before the number is drawn: others wait for it, and asking may take a moment.
        var allowed = await rights.CommitAsync(Acts.DossierSubmit, dossier, ct);
        if (!allowed.IsSuccess)
            return allowed.Error.ToProblem();
        var fees = await catalogue.FeesAsync(procedure, dossier.Channel, day, ct);
        await using var transaction = await db.BeginOwnTransactionAsync(ct);
        var agency = options.Value.AgencyOf(dossier.UnitCode);
        var code = DossierCode.Format(agency, day, await db.NextNumberAsync(agency, day, ct));
        var submitted = dossier.Submit(code, procedure, fees, desk.As(rights.Role), now);
        if (!submitted.IsSuccess)
            return submitted.Error.ToProblem();
        var answer = await desk.SaveAsync(dossier, "submit", http, ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return answer;
    }
}
