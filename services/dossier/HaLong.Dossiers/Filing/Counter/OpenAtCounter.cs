using System.Text.Json;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Filing.Placing;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Filing.Counter;

/// <summary>
/// Reception opens a draft for somebody who came to the counter, or whose papers came by post (Decree 61/2018, article 16). The officer then scans
/// and files it as applicants do; the owner sees it in his list all the while.
/// </summary>
internal sealed class OpenAtCounter(
    DossierDbContext db, DossierDesk desk, ProcedureCatalogue catalogue, IdentityDirectory directory, PlacementRouter router, ReadRecord reads, Caller caller,
    TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/counter", (CounterRequest request, OpenAtCounter handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Reception)
        .WithSummary("Open a draft for somebody at the counter, or for papers that came by post; the papers handed over are noted")
        .Answers<DossierView>(201, 400, 403, 409, 422, 503);

    private async Task<IResult> HandleAsync(CounterRequest request, HttpContext http, CancellationToken ct)
    {
        if (caller.Unit is not { Length: > 0 } unit)
            return SubmissionErrors.NoUnit.ToProblem();
        var now = time.Now();
        var day = LocalTime.Date(now);
        var procedure = await catalogue.FindAsync(request.ProcedureCode ?? "", ct);
        var content = procedure is null ? null : catalogue.ContentOf(procedure);
        var error = CounterRules.Check(request, content);
        if (error is not null)
            return error.ToProblem();

        var owner = await directory.FindApplicantAsync(request.OwnerId!.Value, ct);
        if (!owner.IsSuccess)
            return (owner.Error.Kind == ErrorKind.Validation ? owner.Error.WithField("ownerId", owner.Error.Vi, owner.Error.En) : owner.Error).ToProblem();
        var placement = await router.PlaceAsync(
            content!, new PlacementInput(request.UnitCode ?? (request.Place is null ? unit : null), request.Place, request.ReceivingUnitCode ?? unit), day, ct);
        if (!placement.IsSuccess)
            return placement.Error.ToProblem();

        var applicant = new Applicant(request.OwnerId.Value, owner.Value, request.OwnerCheck, caller.ActorId, request.Channel!);
        var data = request.Data is { ValueKind: not JsonValueKind.Null } given ? given.GetRawText() : "{}";
        var dossier = Dossier.Open(
            Guid.CreateVersion7(now), procedure!, placement.Value.Competent, applicant, request.Subject!.Trim(), data,
            await catalogue.FeesAsync(procedure!, request.Channel!, day, ct), now);
        dossier.Place(placement.Value, now);
        dossier.EnteredAtCounter(new CounterFiling(
            caller.ActorId, unit, request.Relation == SubmitterRelation.Owner ? owner.Value : request.SubmitterName!.Trim(), request.Relation!, request.Evidence?.Trim(),
            [.. request.Papers ?? []]));
        db.Dossiers.Add(dossier);
        await db.SaveChangesAsync(ct);
        await reads.AddAsync(ReadRecord.Dossier, dossier.Id, dossier.OwnerId, ct);
        Etag.Set(http.Response, dossier.Version);
        return TypedResults.Created($"/api/v1/dossiers/{dossier.Id}", await desk.ViewAsync(dossier, ct));
    }
}
