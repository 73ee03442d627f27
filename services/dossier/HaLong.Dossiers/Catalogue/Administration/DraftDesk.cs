using System.Text.Json;
using HaLong.Dossiers.Catalogue.Checking;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Catalogue.Administration;

/// <summary>Loads drafts to be changed, and saves what became of them, with a line in the audit.</summary>
internal sealed class DraftDesk(DossierDbContext db, CatalogueAudit audit)
{
    public DbSet<ProcedureDraft> Drafts => db.Set<ProcedureDraft>();

    /// <summary>A draft to be changed; checks If-Match.</summary>
    public async Task<Result<ProcedureDraft>> TakeAsync(Guid id, HttpRequest request, CancellationToken ct)
    {
        if (await Drafts.SingleOrDefaultAsync(d => d.Id == id, ct) is not { } draft)
            return CatalogueErrors.DraftNotFound;
        return Etag.Check(request, draft.Version) is { } stale ? stale : draft;
    }

    /// <summary>One step of a draft.</summary>
    public async Task<IResult> StepAsync(Guid id, string action, HttpContext http, Func<ProcedureDraft, Result> step, CancellationToken ct)
    {
        var taken = await TakeAsync(id, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var done = step(taken.Value);
        return done.IsSuccess ? await SaveAsync(taken.Value, action, http, ct) : done.Error.ToProblem();
    }

    public async Task<IResult> SaveAsync(ProcedureDraft draft, string action, HttpContext http, CancellationToken ct)
    {
        audit.Record(action, draft, draft.Reason);
        await db.SaveChangesAsync(ct);
        Etag.Set(http.Response, draft.Version);
        return TypedResults.Ok(DraftView.Of(draft));
    }

    /// <summary>The content as it is kept; only its size and code are looked at, for a draft may be incomplete.</summary>
    public static Result<DraftText> Read(JsonElement content, string code)
    {
        if (content.ValueKind != JsonValueKind.Object || content.GetRawText().Length > JsonInput.MaxLength || !JsonInput.IsStorable(content))
            return CatalogueErrors.InvalidDraft.WithField("content", "Nội dung phải là một đối tượng JSON lưu được, tối đa 256 KB.", "The content must be a JSON object that can be stored, at most 256 KB.");
        if (!content.TryGetProperty("code", out var own) || own.ValueKind != JsonValueKind.String || own.GetString() != code)
            return CatalogueErrors.InvalidDraft.WithField("content.code", "Mã trong nội dung phải là mã của thủ tục.", "The code in the content must be that of the procedure.");
        return new DraftText(content.GetRawText(), CanonicalJson.Hash(content));
    }

    /// <summary>All defects of a content as one error; null for none.</summary>
    public static Error? Defects(Error error, IReadOnlyList<Defect> defects)
    {
        if (defects.Count == 0)
            return null;
        var all = error.Format(defects.Count);
        return all with { FieldMessages = [.. defects.Take(MaxTold).Select(d => new FieldMessage(d.Path, d.Vi, d.En))] };
    }

    // A file that is wrong throughout need not be told line by line.
    private const int MaxTold = 1000;
}
