using System.Text.Json.Nodes;
using HaLong.Notifications.Catalogue;

namespace HaLong.Notifications.AsyncApi;

/// <summary>One message per public type, its CloudEvents envelope around the schema of its data, and an example.</summary>
internal static class AsyncApiMessages
{
    public static JsonObject All(string publicUrl)
    {
        var messages = new JsonObject();
        foreach (var type in EventCatalogue.All)
            messages[type.Key] = Message(type, publicUrl);
        foreach (var (key, message) in AsyncApiPlatform.Messages(publicUrl))
            messages[key] = message;
        messages["feedRequest"] = new JsonObject
        {
            ["name"] = "feedRequest",
            ["title"] = "Question to the feed",
            ["summary"] = "Has no body; the question is in the query.",
            ["contentType"] = "application/json",
            ["payload"] = new JsonObject { ["type"] = "null" },
        };
        messages["feedPage"] = new JsonObject
        {
            ["name"] = "feedPage",
            ["title"] = "Page of the feed",
            ["summary"] = "Events and the cursor for the next question.",
            ["contentType"] = "application/json",
            ["payload"] = AsyncApiDocument.Ref("components/schemas/FeedPage"),
        };
        return messages;
    }

    public static JsonObject Schemas()
    {
        var schemas = new JsonObject { ["CloudEvent"] = Envelope(), ["FeedPage"] = FeedPage() };
        foreach (var type in EventCatalogue.All)
            schemas[DataName(type)] = EventSchemas.Of(type);
        return schemas;
    }

    private static string DataName(PublicEventType type) => type.Key + "Data";

    private static JsonObject Message(PublicEventType type, string publicUrl) => new()
    {
        ["name"] = type.Type,
        ["title"] = type.En,
        ["summary"] = type.Vi,
        ["contentType"] = "application/cloudevents+json",
        ["tags"] = new JsonArray(new JsonObject { ["name"] = "dossiers" }),
        ["headers"] = AmqpHeaders(),
        ["payload"] = new JsonObject
        {
            ["allOf"] = new JsonArray(
                AsyncApiDocument.Ref("components/schemas/CloudEvent"),
                new JsonObject
                {
                    ["type"] = "object",
                    ["required"] = new JsonArray("data"),
                    ["properties"] = new JsonObject
                    {
                        ["type"] = new JsonObject { ["const"] = type.Type },
                        ["data"] = AsyncApiDocument.Ref("components/schemas/" + DataName(type)),
                    },
                }),
        },
        ["bindings"] = new JsonObject
        {
            ["http"] = new JsonObject { ["headers"] = WebhookHeaders(), ["bindingVersion"] = "0.3.0" },
            ["amqp"] = new JsonObject { ["messageType"] = type.Type, ["bindingVersion"] = "0.3.0" },
        },
        ["examples"] = new JsonArray(new JsonObject
        {
            ["name"] = type.Key,
            ["summary"] = type.En,
            ["headers"] = new JsonObject { ["sequence"] = type.Example.Sequence, ["dossier"] = type.Example.Data.DossierId },
            ["payload"] = JsonNode.Parse(EventCatalogue.Envelope(type, publicUrl).ToJson()),
        }),
    };

    private static JsonObject AmqpHeaders() => Object(
        [],
        ("sequence", new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["description"] = "AMQP only: number of the fact within its dossier." }),
        ("dossier", Text("uuid", "AMQP only: the dossier; for exchanges that share out by a header.")));

    internal static JsonObject WebhookHeaders() => Object(
        ["webhook-id", "webhook-timestamp", "webhook-signature"],
        ("webhook-id", Text("uuid", "The event's id.")),
        ("webhook-timestamp", Text(null, "Seconds since 1970 of this attempt.")),
        ("webhook-signature", Text(null, "v1, and the signature; several when secrets are being changed.")),
        ("traceparent", Text(null, "The trace that began with the citizen's request.")));

    private static JsonObject Envelope() => Object(
        ["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "sequence", "data"],
        ("specversion", new JsonObject { ["const"] = "1.0" }),
        ("id", Text("uuid", "The same in every attempt, on every way. Whoever has seen it may drop it.")),
        ("source", new JsonObject { ["const"] = "urn:halong:dossier" }),
        ("type", Text(null, "What happened, with the version of the data.")),
        ("subject", Text("uuid", "The dossier.")),
        ("time", Text("date-time", "When it became true, UTC.")),
        ("datacontenttype", new JsonObject { ["const"] = "application/json" }),
        ("dataschema", Text("uri", "Where the schema of the data is; absent in events from before there were schemas.")),
        ("sequence", new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["description"] = "Number of the fact within its dossier, from 1 without gaps." }),
        ("traceparent", Text(null, "W3C Trace Context of the request that led to it.")),
        ("data", new JsonObject { ["type"] = "object", ["description"] = "Ids and codes; see the type." }));

    private static JsonObject FeedPage() => Object(
        ["items", "after"],
        ("items", new JsonObject { ["type"] = "array", ["items"] = AsyncApiDocument.Ref("components/schemas/CloudEvent") }),
        ("after", Text(null, "Cursor: ask again with it, also after an empty page.")));

    internal static JsonObject Text(string? format, string description)
    {
        var text = new JsonObject { ["type"] = "string", ["description"] = description };
        if (format is not null)
            text["format"] = format;
        return text;
    }

    internal static JsonObject Object(string[] required, params ReadOnlySpan<(string Name, JsonObject Schema)> properties)
    {
        var all = new JsonObject();
        foreach (var (name, schema) in properties)
            all[name] = schema;
        var made = new JsonObject { ["type"] = "object", ["properties"] = all };
        if (required.Length > 0)
            made["required"] = new JsonArray([.. required.Select(r => JsonValue.Create(r))]);
        return made;
    }
}
