using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Catalogue;

/// <summary>The catalogue as documents for machines, open to anyone: they describe, and hold no event.</summary>
internal static class GetCatalogue
{
    public static void MapCatalogue(this IEndpointRouteBuilder app)
    {
        app.MapGet("/schemas/events/{type}.json", Schema)
            .WithTags("Events")
            .AllowAnonymous() // describes types; partners' tools fetch it without a token
            .WithName("getEventSchema")
            .WithSummary("JSON Schema of a public event type's data")
            .WithDescription(
                "JSON Schema 2020-12 of `data`; the address is the `dataschema` of the events. A type's fields may grow; what could break a reader gets a new "
                + "version in the type's name. Cacheable for an hour, with ETag.")
            .Produces(StatusCodes.Status200OK, contentType: "application/schema+json")
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound);
        app.MapGet("/asyncapi/v1.json", AsyncApi)
            .WithTags("Events")
            .AllowAnonymous() // describes types; partners' tools fetch it without a token
            .WithName("getAsyncApi")
            .WithSummary("The public events as an AsyncAPI 3.0 document")
            .WithDescription("Channels (webhook, feed, AMQP), messages with schemas and examples, and security. Cacheable for an hour, with ETag.")
            .Produces(StatusCodes.Status200OK, contentType: "application/json")
            .Produces(StatusCodes.Status304NotModified);
    }

    private static IResult Schema(string type, HttpContext http, PublicDocuments documents) =>
        documents.Schema(type)?.Answer(http) ?? CatalogueErrors.TypeNotFound.ToProblem();

    private static IResult AsyncApi(HttpContext http, PublicDocuments documents) => documents.AsyncApi.Answer(http);
}
