using System.Text.Json;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Drafts;
using HaLong.Dossiers.Filing.Placing;
using HaLong.Dossiers.Forms;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features;

/// <summary>Opens a draft.</summary>
internal sealed class OpenDossier(
    DossierDbContext db, DossierDesk desk, ProcedureCatalogue catalogue, PlacementRouter router, ActingRights rights, FormOpening forms, DraftHistory history,
    Caller caller, TimeProvider time)
{
    /// <param name="ProcedureCode">Code of the procedure, e.g. 1.013978.</param>
    /// <param name="UnitCode">Unit that decides; not needed with a place.</param>
    /// <param name="Subject">What it is about, in the applicant's words.</param>
    /// <param name="Data">What was typed into the form; an object, may be absent.</param>
    /// <param name="Place">Where the land, the house or the person is: the unit that decides follows from it, the procedure and the day.</param>
    /// <param name="ReceivingUnitCode">Where the dossier is taken in and the result fetched; absent: the unit that decides.</param>
    /// <param name="Prefill">False leaves empty what the platform knows already.</param>
    internal sealed record Request(
        string? ProcedureCode, string? UnitCode, string? Subject, JsonElement? Data, PlaceInput? Place = null, string? ReceivingUnitCode = null, bool? Prefill = null);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/", (Request request, OpenDossier handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Applicant)
        .WithSummary("Open a draft")
        .Answers<DossierView>(201, 400, 403, 409, 422, 503);

    private async Task<IResult> HandleAsync(Request request, HttpContext http, CancellationToken ct)
    {
        var asked = await rights.AskAsync(Acts.DossierFill, ct);
        if (!asked.IsSuccess)
            return asked.Error.ToProblem();
        var data = request.Data is { ValueKind: not JsonValueKind.Null } given ? given : JsonElement.Parse("{}");
        var error = DraftRules.CheckData(DraftRules.CheckSubject(null, request.Subject), data);
        var procedure = await catalogue.FindAsync(request.ProcedureCode ?? "", ct);
        if (procedure is null)
            error = (error ?? DossierErrors.UnknownProcedure).WithField("procedureCode", DossierErrors.UnknownProcedure.Vi, DossierErrors.UnknownProcedure.En);
        else if (caller.Channel is "online" or "assisted" && !catalogue.ContentOf(procedure).CanBeFiledOnline)
            error = (error ?? DossierErrors.NotOnline).WithField("procedureCode", DossierErrors.NotOnline.Vi, DossierErrors.NotOnline.En);

        var now = time.Now();
        var day = LocalTime.Date(now);
        // Without a procedure there is nothing to route by, but whether the named unit exists can still be told.
        var content = procedure is null ? null : catalogue.ContentOf(procedure);
        var input = new PlacementInput(request.UnitCode, content is null ? null : request.Place, content is null ? null : request.ReceivingUnitCode);
        var placement = await router.PlaceAsync(content!, input, day, ct);
        if (!placement.IsSuccess && placement.Error.Kind != ErrorKind.Validation)
            return (error ?? placement.Error).ToProblem();
        if (!placement.IsSuccess)
            error = error is null ? placement.Error : error with { FieldMessages = [.. error.FieldMessages, .. placement.Error.FieldMessages] };
        if (error is not null)
            return error.ToProblem();

        var allowed = await rights.OpenAsync(procedure!.Code, Guid.CreateVersion7(now), ct);
        if (!allowed.IsSuccess)
            return allowed.Error.ToProblem();
        var (id, hand) = allowed.Value;
        if (await db.Dossiers.AnyAsync(d => d.Id == id, ct))
            return DossierErrors.SessionHasDossier.ToProblem();
        var applicant = new Applicant(caller.AccountId, caller.DisplayName, caller.Check, caller.ActorId, caller.Channel);
        var fees = await catalogue.FeesAsync(procedure, caller.Channel, day, ct);
        var form = await forms.ChooseAsync(procedure.Code, data, request.Prefill ?? true, ct);
        var dossier = Dossier.Open(
            id, procedure, placement.Value.Competent, applicant, request.Subject!.Trim(), form.Data, fees, now);
        dossier.Place(placement.Value, now);
        if (hand is not null)
            dossier.WorkedOn(hand);
        db.Dossiers.Add(dossier);
        forms.Bind(dossier, form);
        history.Begin(dossier);
        await db.SaveChangesAsync(ct);
        Etag.Set(http.Response, dossier.Version);
        return TypedResults.Created($"/api/v1/dossiers/{dossier.Id}", (await desk.ViewAsync(dossier, ct)) with { Draft = forms.NotesOf(dossier, form) });
    }
}
