using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Reuse;

/// <summary>The caller's document store, newest first; closed dossiers stay in it.</summary>
internal sealed class ListMyDocuments(DocumentStore store, ReadRecord reads)
{
    private const int MaxSearch = 100;

    internal sealed record Query
    {
        public string? Kind { get; init; }
        public string? Procedure { get; init; }
        public string? Search { get; init; }
        public string? After { get; init; }
        public int? Limit { get; init; }
    }

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/", ([AsParameters] Query query, ListMyDocuments handler, CancellationToken ct) => handler.HandleAsync(query, ct))
        .RequireAuthorization(Policies.Applicant)
        .WithSummary("The caller's document store: results issued to him and papers of earlier dossiers; kind=result or component, procedure=code, search=words of names")
        .Answers<Page<StoreItem>>(200, 400, 403, 503);

    private async Task<IResult> HandleAsync(Query query, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(query.Limit), Cursor.Decode(query.After, 1));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        if (query.Kind is not (null or DocumentKind.Result or DocumentKind.Component))
            return DraftRules.Add(null, "kind", "Chỉ có “result” và “component”.", "Either “result” or “component”.").ToProblem();
        if (query.Procedure is { } code && !ProcedureCatalogue.IsCode(code))
            return DraftRules.Add(null, "procedure", DossierErrors.UnknownProcedure.Vi, DossierErrors.UnknownProcedure.En).ToProblem();
        if (query.Search is { } words && (words.Length > MaxSearch || !JsonInput.IsStorable(words)))
            return DraftRules.Add(null, "search", $"Dài nhất {MaxSearch} ký tự.", $"At most {MaxSearch} characters.").ToProblem();
        var mine = await store.RowsAsync(withResults: query.Kind != DocumentKind.Component, ct);
        if (!mine.IsSuccess)
            return mine.Error.ToProblem();
        var rows = Narrow(mine.Value, query);
        if (cursor.Value is [var key])
        {
            if (!Guid.TryParse(key, out var last))
                return DossierErrors.Invalid.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
            rows = rows.Where(r => r.Document.Id < last);
        }
        var found = await rows.OrderByDescending(r => r.Document.Id).Take(size.Value + 1).ToListAsync(ct);
        await reads.AddPageAsync(ReadRecord.DocumentList, found.Take(size.Value).Select(r => r.Dossier.OwnerId), ct);
        var items = new List<StoreItem>();
        foreach (var row in found)
            items.Add(StoreItem.Of(await store.DescribeAsync(row, ct)));
        return TypedResults.Ok(Page.Of(items, size.Value, i => [i.Id.ToString()]));
    }

    private static IQueryable<StoredRow> Narrow(IQueryable<StoredRow> rows, Query query)
    {
        if (query.Kind is { } kind)
            rows = rows.Where(r => r.Document.Kind == kind);
        if (query.Procedure is { } procedure)
            rows = rows.Where(r => r.Dossier.ProcedureCode == procedure);
        foreach (var word in (query.Search ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var pattern = $"%{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            rows = rows.Where(r => EF.Functions.ILike(
                r.Document.FileName + " " + r.Dossier.ProcedureNameVi + " " + r.Dossier.ProcedureNameEn + " " + r.Dossier.Subject + " " + r.Dossier.Code, pattern));
        }
        return rows;
    }
}
