using HaLong.ServiceDefaults;

namespace HaLong.Identity.Units;

/// <summary>Units are public knowledge: anybody may ask, and answers may be kept for a while.</summary>
internal static class UnitEndpoints
{
    public const string Cached = "public, max-age=300";

    public static IEndpointRouteBuilder MapUnits(this IEndpointRouteBuilder app)
    {
        var units = app.MapGroup("/api/v1").WithTags("Units").AllowAnonymous().ProducesProblem(StatusCodes.Status400BadRequest);
        units.MapGet("/units", ListUnits.HandleAsync)
            .WithName("listUnits")
            .WithSummary("Administrative units valid on a day")
            .WithDescription("at: yyyy-MM-dd, today when left out. level: province, district, commune. group: code of a reporting group, e.g. HALONG. "
                + "q: words of the name, diacritics optional. Ordered by code.")
            .Produces<Page<UnitView>>();
        units.MapGet("/units/{id}", GetUnit.OneAsync)
            .WithName("getUnit")
            .WithSummary("One version of a unit, with what it came from and what became of it")
            .WithDescription("id is code@validFrom, e.g. 06688@2025-07-01.")
            .Produces<GetUnit.View>().ProducesProblem(StatusCodes.Status404NotFound);
        units.MapGet("/units/{code}/history", GetUnit.HistoryAsync)
            .WithName("getUnitHistory")
            .WithSummary("Every unit a code has meant, oldest first")
            .Produces<Page<GetUnit.View>>().ProducesProblem(StatusCodes.Status404NotFound);
        units.MapGet("/units/{id}/mapping", MapUnit.HandleAsync)
            .WithName("mapUnit")
            .WithSummary("What became of a unit by a day")
            .WithDescription("to: yyyy-MM-dd, today when left out. A unit that was divided is never guessed at: needsChoice is true and choices says where its parts went.")
            .Produces<MapUnit.View>().ProducesProblem(StatusCodes.Status404NotFound);
        units.MapGet("/receiving-places", ListPlaces.HandleAsync)
            .WithName("listReceivingPlaces")
            .WithSummary("One-stop units, centres and post offices that take in dossiers on a day")
            .WithDescription("at: yyyy-MM-dd, today when left out. unit: a code (as of that day) or an id. kind: one kind of place. Ordered by id.")
            .Produces<Page<ListPlaces.View>>();
        units.MapGet("/unit-groups", ListGroups.HandleAsync)
            .WithName("listUnitGroups")
            .WithSummary("Reporting groups of units and their periods")
            .Produces<Page<ListGroups.View>>();
        return app;
    }
}
