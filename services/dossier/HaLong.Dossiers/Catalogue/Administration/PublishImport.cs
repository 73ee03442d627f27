using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Catalogue.Administration;

/// <summary>Approves and publishes all drafts of an import that still wait, together or not at all; somebody else than who imported them.</summary>
internal sealed class PublishImport(DossierDbContext db, DraftDesk desk, Publisher publisher, Caller caller, TimeProvider time)
{
    /// <param name="ValidFrom">First day of all of them, today or later.</param>
    internal sealed record Request(DateOnly? ValidFrom);

    /// <param name="Published">How many versions that made.</param>
    internal sealed record Answer(Guid ImportId, DateOnly ValidFrom, int Published);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/imports/{id:guid}/publication", (Guid id, Request? request, PublishImport handler, CancellationToken ct) => handler.HandleAsync(id, request, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Administrator)
        .RequireStrong()
        .WithSummary("Approve and publish what an import brought, on a date, all or nothing")
        .Answers<Answer>(200, 400, 403, 404, 409, 422);

    private async Task<IResult> HandleAsync(Guid id, Request? request, CancellationToken ct)
    {
        if (request?.ValidFrom is not { } from)
            return CatalogueErrors.DayMissing.WithField("validFrom", CatalogueErrors.DayMissing.Vi, CatalogueErrors.DayMissing.En).ToProblem();
        await using var transaction = await db.BeginOwnTransactionAsync(ct);
        await CatalogueStamp.RaiseAsync(db, ct);
        string[] waiting = [DraftState.Review, DraftState.Approved];
        var drafts = await desk.Drafts.Where(d => d.ImportId == id && waiting.Contains(d.State)).OrderBy(d => d.Code).ToListAsync(ct);
        if (drafts.Count == 0)
            return CatalogueErrors.ImportNotFound.ToProblem();
        var versions = await publisher.VersionsAsync(drafts.ConvertAll(d => d.Code), ct);
        var completions = new List<Action>();
        foreach (var draft in drafts)
        {
            var approved = draft.State == DraftState.Review ? draft.Approve(caller.ActorId, time.Now()) : Result.Success;
            var prepared = approved.IsSuccess ? publisher.Prepare(draft, [.. versions[draft.Code]], from, null, null) : approved.Error;
            if (!prepared.IsSuccess)
                return prepared.Error.WithField(draft.Code, prepared.Error.Vi, prepared.Error.En).ToProblem();
            completions.Add(prepared.Value);
        }
        await publisher.SaveAsync(completions, ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return TypedResults.Ok(new Answer(id, from, drafts.Count));
    }
}
