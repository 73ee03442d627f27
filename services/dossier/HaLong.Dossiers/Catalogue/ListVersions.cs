using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Catalogue;

/// <summary>Every published version of a procedure, latest first.</summary>
internal sealed class ListVersions(DossierDbContext db, TimeProvider time)
{
    /// <param name="State">future, inForce, past, or replaced for one that counted on no whole day.</param>
    /// <param name="ValidTo">Last day; null while no end is known.</param>
    internal sealed record VersionView(
        Guid VersionId, string State, DateOnly ValidFrom, DateOnly? ValidTo, string Name, string NameVi, string NameEn, string ContentHash, DateTimeOffset? PublishedAt);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{code}/versions", (string code, ListVersions handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(code, http, ct))
        .AllowAnonymous()
        .WithSummary("Published versions of a procedure with their validity, latest first")
        .Answers<IReadOnlyList<VersionView>>(200, 404);

    private async Task<IResult> HandleAsync(string code, HttpContext http, CancellationToken ct)
    {
        var (revision, today) = (await CatalogueStamp.ReadAsync(db, ct), LocalTime.Date(time.GetUtcNow()));
        // A procedure has few versions in its life, so there are no pages.
        var versions = ProcedureCatalogue.IsCode(code)
            ? await db.Procedures.AsNoTracking().Where(p => p.Code == code).OrderByDescending(p => p.ValidFrom).ThenByDescending(p => p.Id).ToListAsync(ct)
            : [];
        if (versions.Count == 0)
            return DossierErrors.ProcedureNotFound.ToProblem();
        return CatalogueCaching.Check(http, revision, today) ?? TypedResults.Ok(versions.ConvertAll(v => new VersionView(
            v.Id, State(v, today), v.ValidFrom, v.ValidTo, Text.Bilingual(v.NameVi, v.NameEn), v.NameVi, v.NameEn, v.ContentHash, v.PublishedAt)));
    }

    private static string State(Procedure version, DateOnly today) =>
        version.IsReplaced ? "replaced" : version.ValidFrom > today ? "future" : version.IsInForce(today) ? "inForce" : "past";
}
