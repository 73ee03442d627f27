using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Catalogue.Administration;

/// <summary>Publishes an approved draft from a day on; somebody who wrote none of it.</summary>
internal sealed class PublishDraft(DossierDbContext db, DraftDesk desk, Publisher publisher)
{
    /// <param name="ValidFrom">First day, today or later; absent for the planned one.</param>
    /// <param name="ValidTo">Last day; absent for the planned one or none.</param>
    /// <param name="Replaces">A version that begins on the same day, today or later, and is to count on no day.</param>
    internal sealed record Request(DateOnly? ValidFrom, DateOnly? ValidTo, Guid? Replaces);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/drafts/{id:guid}/publication", (Guid id, Request? request, PublishDraft handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Administrator)
        .RequireStrong()
        .WithSummary("Publish an approved draft on a date")
        .WithDescription("The version before it ends the day before. A version that begins later ends this one. Dossiers keep the version they were filed with.")
        .Answers<DraftView>(200, 400, 403, 404, 409, 412, 422);

    private async Task<IResult> HandleAsync(Guid id, Request? request, HttpContext http, CancellationToken ct)
    {
        await using var transaction = await db.BeginOwnTransactionAsync(ct);
        await CatalogueStamp.RaiseAsync(db, ct);
        var taken = await desk.TakeAsync(id, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var draft = taken.Value;
        if ((request?.ValidFrom ?? draft.ValidFrom) is not { } from)
            return CatalogueErrors.DayMissing.WithField("validFrom", CatalogueErrors.DayMissing.Vi, CatalogueErrors.DayMissing.En).ToProblem();
        var versions = (await publisher.VersionsAsync([draft.Code], ct))[draft.Code].ToList();
        var prepared = publisher.Prepare(draft, versions, from, request?.ValidTo ?? draft.ValidTo, request?.Replaces);
        if (!prepared.IsSuccess)
            return prepared.Error.ToProblem();
        await publisher.SaveAsync([prepared.Value], ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        Etag.Set(http.Response, draft.Version);
        return TypedResults.Ok(DraftView.Of(draft));
    }
}
