using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features;

/// <summary>Results issued to the caller, newest dossier first.</summary>
internal sealed class ListMyDocuments(DossierDbContext db, DossierDesk desk, ReadRecord reads)
{
    internal sealed record Item(
        Guid Id, Guid DossierId, string Code, string ProcedureCode, string ProcedureName, string FileName, string MediaType, long Size,
        string Sha256, DateTimeOffset IssuedAt, string Href);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/", (string? after, int? limit, ListMyDocuments handler, CancellationToken ct) => handler.HandleAsync(after, limit, ct))
        .RequireAuthorization(Policies.Applicant)
        .WithSummary("Results issued to the caller")
        .Answers<Page<Item>>(200, 400, 403, 503);

    private async Task<IResult> HandleAsync(string? after, int? limit, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 1));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        var mine = await desk.OwnAsync(Acts.ResultRead, toChange: false, ct);
        if (!mine.IsSuccess)
            return mine.Error.ToProblem();
        var own = mine.Value.AsNoTracking().Where(d => d.ResolvedAt != null);
        if (cursor.Value is [var key])
        {
            if (!Guid.TryParse(key, out var last))
                return DossierErrors.Invalid.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
            own = own.Where(d => d.Id < last);
        }
        var rows = await own
            .Join(db.Documents.Where(x => x.Kind == DocumentKind.Result), d => d.ResultDocumentId, x => x.Id, (d, x) => new { Dossier = d, Document = x })
            .OrderByDescending(r => r.Dossier.Id).Take(size.Value + 1).ToListAsync(ct);
        await reads.AddPageAsync(ReadRecord.DocumentList, rows.Take(size.Value).Select(r => r.Dossier.OwnerId), ct);
        var items = rows.ConvertAll(r => new Item(
            r.Document.Id, r.Dossier.Id, r.Dossier.Code!, r.Dossier.ProcedureCode, Text.Bilingual(r.Dossier.ProcedureNameVi, r.Dossier.ProcedureNameEn),
            r.Document.FileName, r.Document.MediaType, r.Document.Size, r.Document.Sha256, r.Document.CreatedAt,
            $"/api/v1/dossiers/{r.Dossier.Id}/documents/{r.Document.Id}"));
        return TypedResults.Ok(Page.Of(items, size.Value, i => [i.DossierId.ToString()]));
    }
}
