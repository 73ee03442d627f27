using System.Text.Json.Nodes;
using HaLong.Notifications.Webhooks;
using static HaLong.Notifications.AsyncApi.AsyncApiMessages;

namespace HaLong.Notifications.AsyncApi;

/// <summary>What the platform says to a webhook about its own subscription: events that are in no log and have no sequence.</summary>
internal static class AsyncApiPlatform
{
    public static readonly IReadOnlyList<string> Keys = ["subscriptionValidation", "subscriptionTest"];

    private static readonly Guid Example = Guid.Parse("01a20931-0b1e-7a55-8a53-3f3f6d1f0c11");

    public static IEnumerable<KeyValuePair<string, JsonNode?>> Messages(string publicUrl)
    {
        var confirmUrl = $"{publicUrl.TrimEnd('/')}/api/v1/subscription-confirmations/{Example}?token=c2FtcGxl";
        yield return KeyValuePair.Create<string, JsonNode?>(Keys[0], Message(
            PlatformEvent.Validation, "Does this address want events?",
            "Answer 2xx with the challenge, as text or as {\"challenge\": \"…\"}, or open confirmUrl. Without a challenge it is a try whether the address works again: any 2xx will do.",
            Object(
                ["subscriptionId", "reason"], ("subscriptionId", Text("uuid", "The subscription.")),
                ("reason", new JsonObject { ["enum"] = new JsonArray("proof", "recovery"), ["description"] = "proof: a new address; recovery: one that failed." }),
                ("challenge", Text(null, "To be given back.")), ("confirmUrl", Text("uri", "To be opened by a person instead."))),
            new Dictionary<string, string> { ["reason"] = "proof", ["challenge"] = "c2FtcGxl", ["confirmUrl"] = confirmUrl }));
        yield return KeyValuePair.Create<string, JsonNode?>(Keys[1], Message(
            PlatformEvent.Test, "A test that the partner asked for", "Means nothing beyond that it arrives.",
            Object(["subscriptionId"], ("subscriptionId", Text("uuid", "The subscription."))), new Dictionary<string, string>()));
    }

    private static JsonObject Message(string type, string title, string summary, JsonObject data, IReadOnlyDictionary<string, string> example)
    {
        var envelope = Object(
            ["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data"],
            ("specversion", new JsonObject { ["const"] = "1.0" }), ("id", Text("uuid", "Of this event.")), ("source", new JsonObject { ["const"] = "urn:halong:notification" }),
            ("type", new JsonObject { ["const"] = type }), ("subject", Text("uuid", "The subscription.")), ("time", Text("date-time", "When it was sent, UTC.")),
            ("datacontenttype", new JsonObject { ["const"] = "application/json" }), ("data", data));
        // It is about no dossier, so it has no number within one.
        envelope["additionalProperties"] = false;
        var at = new DateTimeOffset(2026, 11, 23, 2, 15, 0, TimeSpan.Zero);
        return new JsonObject
        {
            ["name"] = type,
            ["title"] = title,
            ["summary"] = summary,
            ["contentType"] = "application/cloudevents+json",
            ["tags"] = new JsonArray(new JsonObject { ["name"] = "subscriptions" }),
            ["payload"] = envelope,
            ["bindings"] = new JsonObject { ["http"] = new JsonObject { ["headers"] = WebhookHeaders(), ["bindingVersion"] = "0.3.0" } },
            ["examples"] = new JsonArray(new JsonObject
            {
                ["name"] = type.Split('.')[^2],
                ["payload"] = JsonNode.Parse(PlatformEvent.Of(Guid.Parse("01a20933-c6ef-77ec-9eca-406760351805"), type, Example, at, example)),
            }),
        };
    }
}
