using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Catalogue.Administration;

/// <summary>Begins a change of a procedure, a new procedure, or the repeal of one.</summary>
internal sealed class OpenDraft(DossierDbContext db, DraftDesk desk, CatalogueAudit audit, Caller caller, TimeProvider time)
{
    /// <param name="Code">Code of the procedure.</param>
    /// <param name="Content">The item; absent for a copy of the version it is based on.</param>
    /// <param name="BasedOn">A published version; absent for the latest one.</param>
    /// <param name="Repeal">True to end the procedure.</param>
    /// <param name="ValidFrom">Planned first day.</param>
    /// <param name="ValidTo">Planned last day.</param>
    /// <param name="Note">What changes and why.</param>
    internal sealed record Request(string? Code, JsonElement? Content, Guid? BasedOn, bool Repeal, DateOnly? ValidFrom, DateOnly? ValidTo, string? Note);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/drafts", (Request request, OpenDraft handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Administrator)
        .WithSummary("Begin a change of a procedure, a new one, or a repeal")
        .Answers<DraftView>(201, 400, 403, 404, 409, 422);

    private async Task<IResult> HandleAsync(Request request, HttpContext http, CancellationToken ct)
    {
        if (request.Code is not { } code || !ProcedureCatalogue.IsCode(code))
            return CatalogueErrors.InvalidDraft.WithField("code", "Hãy nêu mã thủ tục.", "Say the code of the procedure.").ToProblem();
        var versions = await db.Procedures.AsNoTracking().Where(p => p.Code == code && (p.ValidTo == null || p.ValidTo >= p.ValidFrom)).OrderByDescending(p => p.ValidFrom).ToListAsync(ct);
        var basis = request.BasedOn is { } id ? versions.Find(v => v.Id == id) : versions.FirstOrDefault();
        if (request.BasedOn is not null && basis is null)
            return CatalogueErrors.VersionNotFound.ToProblem();
        var terms = DraftInput.Terms(basis?.Id, request.ValidFrom, request.ValidTo, request.Note);
        if (!terms.IsSuccess)
            return terms.Error.ToProblem();
        if (request.Repeal && (basis is null || request.Content is not null))
            return CatalogueErrors.InvalidDraft.WithField("repeal", "Bãi bỏ chỉ cần mã của thủ tục đang có.", "A repeal takes only the code of a procedure there is.").ToProblem();
        var given = request.Content is { ValueKind: not JsonValueKind.Null } content ? content : basis is null ? default : JsonElement.Parse(basis.Content);
        var text = DraftDesk.Read(given, code);
        if (!text.IsSuccess)
            return text.Error.ToProblem();
        if (await desk.Drafts.AnyAsync(d => d.Code == code && DraftStates.Open.Contains(d.State), ct))
            return CatalogueErrors.DraftExists.ToProblem();

        var now = time.Now();
        var draft = ProcedureDraft.Open(Guid.CreateVersion7(now), code, text.Value, terms.Value, request.Repeal, null, caller.ActorId, now);
        desk.Drafts.Add(draft);
        audit.Record("draft.opened", draft);
        // Of two who begin at the same moment, the index lets one in; the other is told that he lost the race.
        await db.SaveChangesAsync(ct);
        Etag.Set(http.Response, draft.Version);
        return TypedResults.Created($"/api/v1/admin/procedures/drafts/{draft.Id}", DraftView.Of(draft));
    }
}
