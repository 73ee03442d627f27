using HaLong.Dossiers.Features;
using HaLong.Dossiers.Forms;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Drafts;

/// <summary>Brings an earlier state of a draft back, as a new revision: what stood there until now is kept as well.</summary>
internal sealed class RestoreRevision(DraftWriter writer, DraftHistory history)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/revisions/{number:int}/restoration",
            (Guid id, int number, RestoreRevision handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, number, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Applicant)
        .WithSummary("Bring an earlier state of a draft back, as a new revision")
        .Answers<DossierView>(200, 403, 404, 409, 412, 422, 503);

    private async Task<IResult> HandleAsync(Guid id, int number, HttpContext http, CancellationToken ct)
    {
        var taken = await writer.HoldAsync(id, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        await using var held = taken.Value;
        if (Etag.Check(http.Request, held.Dossier.Version) is { } stale)
            return stale.ToProblem();
        return await history.AtRevisionAsync(id, number, ct) is { } state
            ? await writer.SaveAsync(held, DraftDocument.Of(held.Dossier), state, number, http, ct)
            : FormErrors.RevisionNotFound.ToProblem();
    }
}
