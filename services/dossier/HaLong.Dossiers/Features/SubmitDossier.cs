using System.Text.Json;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Fees;
using HaLong.Dossiers.Filing.Checks;
using HaLong.Dossiers.Filing.Codes;
using HaLong.Dossiers.Filing.Duplicates;
using HaLong.Dossiers.Filing.Receipts;
using HaLong.Dossiers.Forms;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Identity.Contracts;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features;

/// <summary>
/// Files a draft. Every check runs and all defects are told at once; then, in one transaction, the dossier gets its code, its regime and its
/// signed receipt. Needs identity only when a unit was not asked for lately, and neither payment nor e-signature.
/// </summary>
internal sealed class SubmitDossier(
    DossierDbContext db, DossierDesk desk, ProcedureCatalogue catalogue, ActingRights rights, IEnumerable<ISubmissionCheck> checks, DuplicateCheck duplicates,
    DossierCodes codes, ReceiptWriter receipts, FormCatalogue forms, FeeBases feeBases, Intake intake, Caller caller, TimeProvider time)
{
    private static readonly SubmissionRequest Plain = new(null, null, null);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/submission",
            (Guid id, SubmissionRequest? request, SubmitDossier handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request ?? Plain, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Filing)
        .WithSummary("File a draft: everything that is missing is told at once; it gets its dossier code and a signed receipt")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422, 503);

    private async Task<IResult> HandleAsync(Guid id, SubmissionRequest request, HttpContext http, CancellationToken ct)
    {
        var taken = await desk.TakeOwnAsync(id, Acts.DossierSubmit, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var dossier = taken.Value;
        if (dossier.Status != DossierStatus.Draft)
            return dossier.WrongState().ToProblem();
        var filing = await CaseAsync(dossier, request, ct);
        var defects = new Defects();
        foreach (var check in checks)
            await check.CheckAsync(filing, defects, ct);
        if (defects.ToError() is { } refusal)
            return refusal.ToProblem();

        // Before anybody has to wait for this filing: asking may take a moment.
        var allowed = await rights.HandAsync(Acts.DossierSubmit, dossier, ct);
        if (!allowed.IsSuccess)
            return allowed.Error.ToProblem();
        if (allowed.Value is { } hand)
            dossier.WorkedOn(hand);
        var basis = await feeBases.OfAsync(dossier, filing.Procedure, FeeMoment.Filing, filing.Day, filing.ChosenFees, ct);
        await using var transaction = await db.BeginOwnTransactionAsync(ct);
        var decided = await duplicates.DecideAsync(filing, caller.ActorId, ct);
        if (!decided.IsSuccess)
            return decided.Error.ToProblem();
        dossier.Place(filing.Placement!, filing.Now);
        var code = await codes.NextAsync(dossier.UnitCode, filing.Day, ct);
        var role = dossier.CounterBy == caller.ActorId ? Roles.Reception : rights.Role;
        dossier.QuoteFrom(basis);
        var submitted = dossier.Submit(code, filing.Procedure, FeeSchedule.Items(basis.Terms), desk.As(role), filing.Now);
        if (!submitted.IsSuccess)
            return submitted.Error.ToProblem();
        dossier.CountReused(filing.Files);
        dossier.IdentifiedBy(basis.Assurance);
        intake.Note(dossier, allowed.Value);
        db.SubmissionReceipts.Add(await receipts.WriteAsync(dossier, filing.Files, ct));
        var answer = await desk.SaveAsync(dossier, "submit", http, ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return answer;
    }

    private async Task<FilingCase> CaseAsync(Dossier dossier, SubmissionRequest request, CancellationToken ct)
    {
        var now = time.Now();
        // The version in force today counts, not the one of the day the draft was opened.
        var procedure = await catalogue.FindAsync(dossier.ProcedureCode, ct) ?? await catalogue.GetAsync(dossier.ProcedureId, ct);
        var files = await db.Documents.AsNoTracking().Where(d => d.DossierId == dossier.Id && d.Kind == DocumentKind.Component).ToListAsync(ct);
        var content = catalogue.ContentOf(procedure);
        return new FilingCase(dossier, procedure, content, files, request, now, LocalTime.Date(now)) { FilledForm = await FilledFormAsync(dossier, content, ct) };
    }

    /// <summary>The own form that somebody wrote into; whether it is complete is another check's to say.</summary>
    private async Task<string?> FilledFormAsync(Dossier dossier, ProcedureContent content, CancellationToken ct)
    {
        if (!content.Components.Any(c => c.OwnForm is not null) || !JsonElement.Parse(dossier.Data).EnumerateObject().Any())
            return null;
        return (await forms.OfDossierAsync(dossier.Id, ct))?.Version.Form;
    }
}
