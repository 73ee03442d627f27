using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Waits.Expected;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features;

/// <summary>A procedure as it is, was or will be on a day.</summary>
internal sealed class GetProcedure(DossierDbContext db, ProcedureCatalogue catalogue, DeadlineDesk deadlines, ExpectedWaits waits, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{code}", (string code, string? at, GetProcedure handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(code, at, http, ct))
        .AllowAnonymous()
        .WithSummary("One procedure on a day: components, time limit, fees, online level, results, legal basis")
        .Answers<ProcedureView>(200, 400, 404);

    private async Task<IResult> HandleAsync(string code, string? at, HttpContext http, CancellationToken ct)
    {
        if (CatalogueCaching.Day(at, time) is not { } day)
            return CatalogueErrors.InvalidDay.ToProblem();
        // The tag before the content: a change in between makes the tag too old, never the content.
        var revision = await CatalogueStamp.ReadAsync(db, ct);
        if (await catalogue.FindAsync(code, day, ct) is not { } procedure)
            return DossierErrors.ProcedureNotFound.ToProblem();
        if (CatalogueCaching.Check(http, revision, day) is { } unchanged)
            return unchanged;
        var tariff = (await catalogue.TariffAsync(code, ct)).Where(t => t.ValidFrom <= day && (t.ValidTo is null || t.ValidTo >= day)).OrderByDescending(t => t.ValidFrom).ToList();
        var content = catalogue.ContentOf(procedure);
        var view = ProcedureView.Of(procedure, content, tariff, day);
        return TypedResults.Ok(day == LocalTime.Date(time.GetUtcNow()) ? view with { ExpectedWait = await WaitAsync(content, http, ct) } : view);
    }

    // The tag says nothing of it: it may be a day old. What could not be looked up now must not be kept that long.
    private async Task<ExpectedWaitView> WaitAsync(ProcedureContent content, HttpContext http, CancellationToken ct)
    {
        var wait = await waits.OfAsync(content.Code, null, deadlines.LimitOf(content.TimeLimit), ct);
        if (wait.Basis == WaitBasis.Unavailable)
            (http.Response.Headers.ETag, http.Response.Headers.CacheControl) = (default, "no-store");
        return wait;
    }
}
