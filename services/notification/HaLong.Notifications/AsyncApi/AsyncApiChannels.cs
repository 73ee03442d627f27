using System.Text.Json.Nodes;
using HaLong.Notifications.Amqp;
using HaLong.Notifications.Catalogue;

namespace HaLong.Notifications.AsyncApi;

/// <summary>The ways to the partner, and what the platform does on each.</summary>
internal static class AsyncApiChannels
{
    private const string Http = "0.3.0";
    private const string AmqpBinding = "0.3.0";

    public static JsonObject Channels() => new()
    {
        ["webhook"] = new JsonObject
        {
            ["address"] = null,
            ["title"] = "Webhook",
            ["description"] = "The address that the partner gave with its subscription. One event is one POST; any 2xx within the time limit takes it.",
            ["servers"] = new JsonArray(AsyncApiDocument.Ref("servers/partner")),
            ["messages"] = Messages(EventKeys().Concat(AsyncApiPlatform.Keys)),
        },
        ["feed"] = new JsonObject
        {
            ["address"] = "/api/v1/events",
            ["title"] = "Feed",
            ["description"] = "The log, read with a cursor. No event is ever added before a cursor that was handed out.",
            ["servers"] = new JsonArray(AsyncApiDocument.Ref("servers/platform")),
            ["messages"] = new JsonObject
            {
                ["feedRequest"] = AsyncApiDocument.Ref("components/messages/feedRequest"),
                ["feedPage"] = AsyncApiDocument.Ref("components/messages/feedPage"),
            },
        },
        ["exchange"] = new JsonObject
        {
            ["address"] = "{type}.{unit}.{procedure}",
            ["title"] = "AMQP exchange",
            ["description"] = "Bind a queue of your own to it. A dot inside unit and procedure is written as a hyphen, so every key has seven words.",
            ["servers"] = new JsonArray(AsyncApiDocument.Ref("servers/broker")),
            ["parameters"] = new JsonObject
            {
                ["type"] = new JsonObject { ["description"] = "Type of the event: five words.", ["examples"] = new JsonArray("vn.halong.dossier.accepted.v1") },
                ["unit"] = new JsonObject { ["description"] = "Code of the competent unit.", ["examples"] = new JsonArray("06658") },
                ["procedure"] = new JsonObject { ["description"] = "Code of the procedure, hyphens for dots.", ["examples"] = new JsonArray("1-013978") },
            },
            ["messages"] = Messages(EventKeys()),
            ["bindings"] = new JsonObject
            {
                ["amqp"] = new JsonObject
                {
                    ["is"] = "routingKey",
                    ["exchange"] = new JsonObject
                    {
                        ["name"] = PublicExchange.Name,
                        ["type"] = "topic",
                        ["durable"] = true,
                        ["autoDelete"] = false,
                        ["vhost"] = "/",
                    },
                    ["bindingVersion"] = AmqpBinding,
                },
            },
        },
    };

    public static JsonObject Operations() => new()
    {
        ["deliverByWebhook"] = Operation("send", "webhook", "Call the partner with one event",
            "Retried for a day and a half; in order within a dossier.", "http", new JsonObject { ["method"] = "POST", ["bindingVersion"] = Http }, EventKeys()),
        ["askWebhook"] = Operation("send", "webhook", "Ask the partner's address whether it wants events",
            "Before the first event, when an address failed for long, and as a test on demand. Signed like events.",
            "http", new JsonObject { ["method"] = "POST", ["bindingVersion"] = Http }, AsyncApiPlatform.Keys, "subscriptions"),
        ["readFeed"] = ReadFeed(),
        ["publishToExchange"] = Operation("send", "exchange", "Publish one event to the exchange",
            "Structured mode: the body is the CloudEvent, the same bytes as by webhook. In order within a dossier; an interruption may repeat events.",
            "amqp", new JsonObject { ["deliveryMode"] = 2, ["timestamp"] = true, ["bindingVersion"] = AmqpBinding }, EventKeys()),
    };

    private static JsonObject ReadFeed()
    {
        var query = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["after"] = new JsonObject { ["type"] = "string", ["description"] = "Cursor of the page before; absent for the beginning." },
                ["limit"] = new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 100 },
                ["type"] = new JsonObject { ["type"] = "string", ["description"] = "Prefix of the types wanted." },
                ["subject"] = new JsonObject { ["type"] = "string", ["format"] = "uuid", ["description"] = "One dossier only." },
            },
        };
        var operation = Operation("receive", "feed", "Read the log from a cursor on", "Answers with a page of events, oldest first.",
            "http", new JsonObject { ["method"] = "GET", ["query"] = query, ["bindingVersion"] = Http }, ["feedRequest"]);
        operation["reply"] = new JsonObject
        {
            ["channel"] = AsyncApiDocument.Ref("channels/feed"),
            ["messages"] = new JsonArray(AsyncApiDocument.Ref("channels/feed/messages/feedPage")),
        };
        return operation;
    }

    private static JsonObject Operation(
        string action, string channel, string summary, string description, string protocol, JsonObject binding, IEnumerable<string> messages,
        string tag = "dossiers") => new()
        {
            ["action"] = action,
            ["channel"] = AsyncApiDocument.Ref("channels/" + channel),
            ["title"] = summary,
            ["summary"] = summary,
            ["description"] = description,
            ["tags"] = new JsonArray(new JsonObject { ["name"] = tag }),
            ["bindings"] = new JsonObject { [protocol] = binding },
            ["messages"] = new JsonArray([.. messages.Select(m => AsyncApiDocument.Ref($"channels/{channel}/messages/{m}"))]),
        };

    private static IEnumerable<string> EventKeys() => EventCatalogue.All.Select(t => t.Key);

    private static JsonObject Messages(IEnumerable<string> keys) =>
        new(keys.Select(key => KeyValuePair.Create<string, JsonNode?>(key, AsyncApiDocument.Ref("components/messages/" + key))));
}
