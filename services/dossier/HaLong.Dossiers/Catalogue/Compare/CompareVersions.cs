using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Catalogue.Compare;

/// <summary>What two published versions of a procedure differ in.</summary>
internal sealed class CompareVersions(DossierDbContext db)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{code}/comparison", (string code, Guid from, Guid to, CompareVersions handler, CancellationToken ct) => handler.HandleAsync(code, from, to, ct))
        .AllowAnonymous()
        .WithSummary("Compare two versions of a procedure field by field; from and to are version ids")
        .Answers<ComparisonView>(200, 400, 404);

    private async Task<IResult> HandleAsync(string code, Guid from, Guid to, CancellationToken ct)
    {
        var contents = await db.Procedures.AsNoTracking().Where(p => p.Code == code && (p.Id == from || p.Id == to)).ToDictionaryAsync(p => p.Id, p => p.Content, ct);
        return contents.TryGetValue(from, out var before) && contents.TryGetValue(to, out var after)
            ? TypedResults.Ok(ComparisonView.Of(from, before, to, after))
            : CatalogueErrors.VersionNotFound.ToProblem();
    }
}
