using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features;

/// <summary>Searches the catalogue: every word of the query, without diacritics, in code and names.</summary>
internal sealed class ListProcedures(DossierDbContext db, ProcedureCatalogue catalogue)
{
    private const int MaxQuery = 200;

    /// <param name="Online">True when it can be filed online.</param>
    /// <param name="OnlineLevel">full, partial, none, or unknown where that was not published.</param>
    internal sealed record Item(
        string Code, string Name, string NameVi, string NameEn, string? ShortNameVi, NamedCode Field, string Level, bool Online, string OnlineLevel);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/", (string? q, string? field, string? level, string? after, int? limit, ListProcedures handler, CancellationToken ct) =>
            handler.HandleAsync(q, field, level, after, limit, ct))
        .AllowAnonymous()
        .WithSummary("Search procedures: q without diacritics, field (LAND…), level (commune, province…)")
        .Answers<Page<Item>>(200, 400);

    private async Task<IResult> HandleAsync(string? q, string? field, string? level, string? after, int? limit, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 1));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        if (q?.Length > MaxQuery)
            return DossierErrors.Invalid.WithField("q", $"Không quá {MaxQuery} ký tự.", $"At most {MaxQuery} characters.").ToProblem();

        var procedures = db.Procedures.AsNoTracking().Where(p => p.ValidTo == null);
        foreach (var word in SearchText.Words(q ?? ""))
            procedures = procedures.Where(p => p.SearchText.Contains(word));
        if (Clean(field) is { } wantedField)
            procedures = procedures.Where(p => p.Field == wantedField);
        if (Clean(level) is { } wantedLevel)
            procedures = procedures.Where(p => p.Level == wantedLevel);
        if (cursor.Value is [var last])
        {
            var lastCode = Clean(last);
#pragma warning disable CA1309 // Compared by the database, with the collation that also orders the page.
            procedures = procedures.Where(p => string.Compare(p.Code, lastCode) > 0);
#pragma warning restore CA1309
        }
        var rows = await procedures.OrderBy(p => p.Code).Take(size.Value + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(Show), size.Value, i => [i.Code]));
    }

    /// <summary>Filters are words; what the database could not even compare matches nothing.</summary>
    private static string? Clean(string? filter) => filter?.Replace("\0", "", StringComparison.Ordinal);

    private Item Show(Procedure procedure)
    {
        var content = catalogue.ContentOf(procedure);
        return new Item(
            content.Code, Text.Bilingual(content.NameVi, content.NameEn), content.NameVi, content.NameEn, content.ShortNameVi, content.Field,
            content.Level.Since20250701, content.CanBeFiledOnline, content.OnlineLevel);
    }
}
