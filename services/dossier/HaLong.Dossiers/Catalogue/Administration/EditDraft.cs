using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Catalogue.Administration;

/// <summary>Replaces the content of a draft. Who does so is one of its editors from then on.</summary>
internal sealed class EditDraft(DossierDbContext db, DraftDesk desk, Caller caller, TimeProvider time)
{
    /// <param name="Content">The whole item; may be incomplete until the review.</param>
    /// <param name="BasedOn">The version it now builds on; absent to leave that as it is.</param>
    internal sealed record Request(JsonElement? Content, Guid? BasedOn, DateOnly? ValidFrom, DateOnly? ValidTo, string? Note);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPut("/drafts/{id:guid}", (Guid id, Request request, EditDraft handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Administrator)
        .WithSummary("Replace the content, planned days and note of a draft")
        .Answers<DraftView>(200, 400, 403, 404, 409, 412, 422);

    private async Task<IResult> HandleAsync(Guid id, Request request, HttpContext http, CancellationToken ct)
    {
        var taken = await desk.TakeAsync(id, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var draft = taken.Value;
        if (request.BasedOn is { } basis && !await db.Procedures.AnyAsync(p => p.Id == basis && p.Code == draft.Code, ct))
            return CatalogueErrors.VersionNotFound.ToProblem();
        var terms = DraftInput.Terms(request.BasedOn ?? draft.BasedOn, request.ValidFrom, request.ValidTo, request.Note);
        if (!terms.IsSuccess)
            return terms.Error.ToProblem();
        var text = DraftDesk.Read(request.Content ?? default, draft.Code);
        if (!text.IsSuccess)
            return text.Error.ToProblem();
        var edited = draft.Edit(text.Value, terms.Value, caller.ActorId, time.Now());
        return edited.IsSuccess ? await desk.SaveAsync(draft, "draft.edited", http, ct) : edited.Error.ToProblem();
    }
}
