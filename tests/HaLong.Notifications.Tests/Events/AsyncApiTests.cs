using System.Text.Json.Nodes;
using HaLong.Notifications.AsyncApi;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Webhooks;

namespace HaLong.Notifications.Tests.Events;

public sealed class AsyncApiTests
{
    private static readonly JsonObject Document = AsyncApiDocument.Of("https://halong.example");

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        var references = References(Document).ToList();

        Assert.True(references.Count > 100);
        Assert.All(references.Distinct(), r => Assert.NotNull(Find(r)));
    }

    [Fact]
    public void Every_type_can_come_by_webhook_and_by_the_exchange()
    {
        foreach (var channel in new[] { "webhook", "exchange" })
        {
            var types = Document["channels"]![channel]!["messages"]!.AsObject().Select(m => Find(m.Value!["$ref"]!.GetValue<string>())!["name"]!.GetValue<string>());
            IEnumerable<string> own = channel == "webhook" ? [PlatformEvent.Validation, PlatformEvent.Test] : [];
            Assert.Equal(EventTypes.All.Concat(own).Order(StringComparer.Ordinal), types.Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("deliverByWebhook", "send", "webhook")]
    [InlineData("askWebhook", "send", "webhook")]
    [InlineData("readFeed", "receive", "feed")]
    [InlineData("publishToExchange", "send", "exchange")]
    public void An_operation_is_told_from_the_platforms_side_with_messages_of_its_channel(string name, string action, string channel)
    {
        var operation = Document["operations"]![name]!;

        Assert.Equal(action, operation["action"]!.GetValue<string>());
        Assert.Equal("#/channels/" + channel, operation["channel"]!["$ref"]!.GetValue<string>());
        Assert.All(operation["messages"]!.AsArray(), m => Assert.StartsWith($"#/channels/{channel}/messages/", m!["$ref"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.NotEmpty(operation["bindings"]!.AsObject());
    }

    [Theory]
    [InlineData("https://halong.example", "https", "halong.example")]
    [InlineData("http://localhost:5080/", "http", "localhost:5080")]
    public void The_platform_is_where_it_is_reached(string publicUrl, string protocol, string host)
    {
        var document = AsyncApiDocument.Of(publicUrl);
        var server = document["servers"]!["platform"]!;

        Assert.Equal((protocol, host), (server["protocol"]!.GetValue<string>(), server["host"]!.GetValue<string>()));
        Assert.Equal(publicUrl.TrimEnd('/') + "/connect/token",
            document["components"]!["securitySchemes"]!["client"]!["flows"]!["clientCredentials"]!["tokenUrl"]!.GetValue<string>());
    }

    [Fact]
    public void Every_server_says_how_one_proves_oneself() => Assert.All(Document["servers"]!.AsObject(), server =>
        Assert.NotNull(Find(Assert.Single(server.Value!["security"]!.AsArray())!["$ref"]!.GetValue<string>())));

    [Fact]
    public void The_exchange_is_the_one_that_is_published_to()
    {
        var exchange = Document["channels"]!["exchange"]!["bindings"]!["amqp"]!["exchange"]!;

        Assert.Equal(("halong.public-events", "topic", true), (exchange["name"]!.GetValue<string>(), exchange["type"]!.GetValue<string>(), exchange["durable"]!.GetValue<bool>()));
    }

    [Fact]
    public void A_messages_payload_is_the_envelope_with_its_type_and_its_data()
    {
        var parts = Document["components"]!["messages"]!["resultReady"]!["payload"]!["allOf"]!.AsArray();

        Assert.Equal("#/components/schemas/CloudEvent", parts[0]!["$ref"]!.GetValue<string>());
        Assert.Equal(EventTypes.ResultReady, parts[1]!["properties"]!["type"]!["const"]!.GetValue<string>());
        Assert.Equal("#/components/schemas/resultReadyData", parts[1]!["properties"]!["data"]!["$ref"]!.GetValue<string>());
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => p.Key == "$ref" ? [p.Value!.GetValue<string>()] : References(p.Value)),
        JsonArray a => a.SelectMany(References),
        _ => [],
    };

    private static JsonNode? Find(string reference) => reference.Split('/').Skip(1).Aggregate((JsonNode?)Document, (node, name) => node?[name]);
}
