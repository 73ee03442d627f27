using HaLong.Dossiers.Catalogue.Search;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Catalogue;

/// <summary>Life events with the procedures that are in force, the one that is usually meant first.</summary>
internal sealed class ListLifeEvents(CatalogueSearch search, TimeProvider time)
{
    internal sealed record EventView(string Code, string Name, string NameVi, string NameEn, IReadOnlyList<ProcedureName> Procedures);

    internal sealed record ProcedureName(string Code, string Name, bool Online);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/life-events", (string? at, ListLifeEvents handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(at, http, ct))
        .AllowAnonymous()
        .WithSummary("Life events (having a child, buying land…) with their procedures")
        .Answers<IReadOnlyList<EventView>>(200, 400);

    private async Task<IResult> HandleAsync(string? at, HttpContext http, CancellationToken ct)
    {
        if (CatalogueCaching.Day(at, time) is not { } day)
            return CatalogueErrors.InvalidDay.ToProblem();
        var index = await search.CurrentAsync(ct);
        if (CatalogueCaching.Check(http, index.Revision, day) is { } unchanged)
            return unchanged;
        var inForce = index.ById.Values.Where(d => d.IsInForce(day)).ToList();
        return TypedResults.Ok(LifeEvents.All.Select(e => new EventView(
            e.Code, Text.Bilingual(e.Vi, e.En), e.Vi, e.En,
            [.. inForce.Where(d => d.Events.Contains(e)).OrderBy(d => e.PlaceOf(d.Code) ?? int.MaxValue).ThenBy(d => d.Code, StringComparer.Ordinal).Select(d => new ProcedureName(
                d.Code, Text.Bilingual(d.Content.ShortNameVi ?? d.Content.NameVi, d.Content.NameEn), d.Content.CanBeFiledOnline))])).ToList());
    }
}
