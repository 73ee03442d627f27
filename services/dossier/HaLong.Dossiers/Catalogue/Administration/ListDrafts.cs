using HaLong.Dossiers.Catalogue.Compare;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Catalogue.Administration;

/// <summary>Drafts, latest first; one of them; and what it changes.</summary>
internal sealed class ListDrafts(DossierDbContext db)
{
    private IQueryable<ProcedureDraft> Drafts => db.Set<ProcedureDraft>().AsNoTracking();

    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapGet("/drafts", (string? state, string? code, Guid? import, string? after, int? limit, ListDrafts handler, CancellationToken ct) => handler.ListAsync(state, code, import, after, limit, ct))
            .RequireAuthorization(Policies.Administrator)
            .WithSummary("Drafts of procedures by state, procedure or import, latest first")
            .Answers<Page<DraftLine>>(200, 400, 403);
        group.MapGet("/drafts/{id:guid}", (Guid id, ListDrafts handler, HttpContext http, CancellationToken ct) => handler.OneAsync(id, http, ct))
            .RequireAuthorization(Policies.Administrator)
            .WithSummary("One draft with its content and what is wrong with it")
            .Answers<DraftView>(200, 403, 404);
        group.MapGet("/drafts/{id:guid}/comparison", (Guid id, ListDrafts handler, CancellationToken ct) => handler.CompareAsync(id, ct))
            .RequireAuthorization(Policies.Administrator)
            .WithSummary("What a draft changes in the version it is based on")
            .Answers<ComparisonView>(200, 403, 404);
    }

    private async Task<IResult> ListAsync(string? state, string? code, Guid? import, string? after, int? limit, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 1));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        if (state is not null && !DraftStates.All.Contains(state))
            return CatalogueErrors.InvalidDraft.WithField("state", "draft, review, approved, published hoặc withdrawn.", "draft, review, approved, published or withdrawn.").ToProblem();
        var drafts = Drafts;
        if (state is not null)
            drafts = drafts.Where(d => d.State == state);
        if (code is not null && ProcedureCatalogue.IsCode(code))
            drafts = drafts.Where(d => d.Code == code);
        if (import is not null)
            drafts = drafts.Where(d => d.ImportId == import);
        if (cursor.Value is [var text])
        {
            if (!Guid.TryParse(text, out var last))
                return CommonErrors.BadRequest.ToProblem();
            drafts = drafts.Where(d => d.Id < last);
        }
        var rows = await drafts.OrderByDescending(d => d.Id).Take(size.Value + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(DraftLine.Of), size.Value, d => [d.Id.ToString()]));
    }

    private async Task<IResult> OneAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        if (await Drafts.SingleOrDefaultAsync(d => d.Id == id, ct) is not { } draft)
            return CatalogueErrors.DraftNotFound.ToProblem();
        Etag.Set(http.Response, draft.Version);
        return TypedResults.Ok(DraftView.Of(draft));
    }

    private async Task<IResult> CompareAsync(Guid id, CancellationToken ct)
    {
        if (await Drafts.SingleOrDefaultAsync(d => d.Id == id, ct) is not { } draft)
            return CatalogueErrors.DraftNotFound.ToProblem();
        var before = await db.Procedures.AsNoTracking().Where(p => p.Id == draft.BasedOn).Select(p => p.Content).SingleOrDefaultAsync(ct);
        return TypedResults.Ok(ComparisonView.Of(draft.BasedOn, before ?? "{}", draft.VersionId, draft.Content));
    }
}
