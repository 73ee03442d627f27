using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Catalogue.Administration;

/// <summary>The catalogue of a day as a file in the format that can be imported; importing it changes nothing.</summary>
internal sealed class ExportCatalogue(DossierDbContext db, TimeProvider time)
{
    /// <param name="At">The day whose versions these are.</param>
    internal sealed record About(DateOnly At, DateTimeOffset ExportedAt, int Count);

    internal sealed record File(About About, IReadOnlyList<JsonElement> Items, JsonElement CodeLists);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/export", (string? at, ExportCatalogue handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(at, http, ct))
        .RequireAuthorization(Policies.Administrator)
        .WithSummary("The catalogue of a day as a file")
        .Answers<File>(200, 400, 403);

    private async Task<IResult> HandleAsync(string? at, HttpContext http, CancellationToken ct)
    {
        if (CatalogueCaching.Day(at, time) is not { } day)
            return CatalogueErrors.InvalidDay.ToProblem();
        var contents = await db.Procedures.AsNoTracking().Where(p => p.ValidFrom <= day && (p.ValidTo == null || p.ValidTo >= day))
            .OrderBy(p => p.Code).Select(p => p.Content).ToListAsync(ct);
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"procedures-{day:yyyy-MM-dd}.json\"";
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new File(new About(day, time.Now(), contents.Count), contents.ConvertAll(c => JsonElement.Parse(c)), CatalogueCodes.OfExport));
    }
}
