using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Gateway.Tests;

public sealed class ApiDocumentTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_documents_of_all_services_become_one()
    {
        await using var gateway = await StartAsync();
        var document = await ReadAsync(gateway);
        Assert.Equal("3.1.1", document["openapi"]!.GetValue<string>());
        Assert.Equal("https://halong.test", document["servers"]![0]!["url"]!.GetValue<string>());
        Assert.Equal(
            ["/api/v1/dossiers", "/api/v1/me", "/api/v1/payments", "/api/v1/subscriptions", "/api/v1/validations"],
            document["paths"]!.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal));
        Assert.Contains(document["tags"]!.AsArray(), t => t!["name"]!.GetValue<string>() == "Payments");
        Assert.Null(document["x-unavailable"]);
    }

    [Fact]
    public async Task Every_reference_of_the_merged_document_leads_somewhere()
    {
        await using var gateway = await StartAsync();
        var document = await ReadAsync(gateway);
        var references = References(document).ToList();
        Assert.NotEmpty(references);
        Assert.All(references, r => Assert.NotNull(r[2..].Split('/').Aggregate((JsonNode?)document, (node, step) => node?[step])));
    }

    [Fact]
    public async Task The_reader_learns_how_to_get_a_token()
    {
        await using var gateway = await StartAsync();
        var document = await ReadAsync(gateway);
        var flows = document["components"]!["securitySchemes"]!["oauth2"]!["flows"]!;
        Assert.Equal("https://halong.test/connect/authorize", flows["authorizationCode"]!["authorizationUrl"]!.GetValue<string>());
        Assert.Equal("https://halong.test/connect/token", flows["clientCredentials"]!["tokenUrl"]!.GetValue<string>());
        Assert.Equal("halong.api", Scope(document, "/api/v1/dossiers"));
        Assert.Equal("halong.events", Scope(document, "/api/v1/subscriptions"));
    }

    [Fact]
    public async Task A_service_that_never_answered_is_named_and_the_others_are_there()
    {
        await using var gateway = await StartAsync();
        gateway["payment"].OpenApi = null;
        await gateway["e-signature"].StopAsync();
        var document = await ReadAsync(gateway);
        Assert.Equal(["e-signature", "payment"], document["x-unavailable"]!.AsArray().Select(n => n!.GetValue<string>()));
        Assert.NotNull(document["paths"]!["/api/v1/dossiers"]);
        Assert.Null(document["paths"]!["/api/v1/payments"]);
    }

    [Fact]
    public async Task A_service_that_went_away_keeps_its_last_part()
    {
        var clock = new Clock();
        await using var gateway = await StartAsync(clock);
        await ReadAsync(gateway);
        gateway["payment"].OpenApi = null;
        clock.Ahead += TimeSpan.FromMinutes(2);
        var document = await ReadAsync(gateway);
        Assert.NotNull(document["paths"]!["/api/v1/payments"]);
        Assert.Null(document["x-unavailable"]);
    }

    [Fact]
    public async Task A_change_shows_within_a_minute_not_at_once()
    {
        var clock = new Clock();
        await using var gateway = await StartAsync(clock);
        await ReadAsync(gateway);
        gateway["payment"].OpenApi = Document("/api/v1/payments/{id}", "Payments", "{}");
        Assert.Null((await ReadAsync(gateway))["paths"]!["/api/v1/payments/{id}"]);
        clock.Ahead += TimeSpan.FromSeconds(61);
        Assert.NotNull((await ReadAsync(gateway))["paths"]!["/api/v1/payments/{id}"]);
    }

    [Fact]
    public async Task A_document_that_is_no_document_does_not_break_the_others()
    {
        await using var gateway = await StartAsync();
        gateway["payment"].OpenApi = "<html>";
        var document = await ReadAsync(gateway);
        Assert.Equal("payment", document["x-unavailable"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task Paths_that_the_gateway_does_not_route_to_the_service_are_left_out()
    {
        await using var gateway = await StartAsync();
        gateway["payment"].OpenApi = Document("/internal/ledger", "Payments", "{}");
        Assert.Null((await ReadAsync(gateway))["paths"]!["/internal/ledger"]);
    }

    [Fact]
    public async Task Head_answers_like_get_without_a_body()
    {
        await using var gateway = await StartAsync();
        using var client = gateway.Client();
        using var response = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/openapi/v1.json"), Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("public, max-age=60", response.Headers.CacheControl?.ToString());
    }

    private static string Scope(JsonNode document, string path) => document["paths"]![path]!["get"]!["security"]!.AsArray()
        .Single(s => s!["oauth2"] is not null)!["oauth2"]![0]!.GetValue<string>();

    private static async Task<GatewayHost> StartAsync(TimeProvider? clock = null)
    {
        var gateway = await GatewayHost.CreateAsync();
        if (clock is not null)
        {
            gateway.WithServices(s => s.AddSingleton(clock));
        }

        gateway["identity"].OpenApi = Document("/api/v1/me", "Identity", """{"Problem":{"type":"object"},"Item":{"type":"string"}}""");
        gateway["dossier"].OpenApi = Document("/api/v1/dossiers", "Dossiers", """{"Problem":{"type":"object"},"Item":{"type":"integer"}}""");
        gateway["payment"].OpenApi = Document("/api/v1/payments", "Payments", """{"Item":{"type":"object","properties":{"next":{"$ref":"#/components/schemas/Item"}}}}""");
        gateway["notification"].OpenApi = Document("/api/v1/subscriptions", "Subscriptions", """{"Item":{"type":"integer"}}""", "Partner");
        gateway["e-signature"].OpenApi = Document("/api/v1/validations", "Signatures", "{}");
        return await gateway.StartAsync();
    }

    private static async Task<JsonObject> ReadAsync(GatewayHost gateway)
    {
        using var client = gateway.Client();
        using var response = await client.GetAsync("/openapi/v1.json", Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!.AsObject();
    }

    private static string Document(string path, string tag, string schemas, string policy = "SignedIn") => """
        {"openapi":"3.1.1","info":{"title":"x","version":"v1"},
         "paths":{"PATH":{"get":{"tags":["TAG"],"security":[{"bearer":["POLICY"]}],
           "responses":{"200":{"description":"OK","content":{"application/json":{"schema":{"$ref":"#/components/schemas/ITEM"}}}}}}}},
         "components":{"schemas":SCHEMAS,"securitySchemes":{"bearer":{"type":"http","scheme":"bearer"}}},
         "tags":[{"name":"TAG"}]}
        """.Replace("PATH", path, StringComparison.Ordinal).Replace("TAG", tag, StringComparison.Ordinal).Replace("POLICY", policy, StringComparison.Ordinal)
        .Replace("ITEM", schemas == "{}" ? "Anything" : "Item", StringComparison.Ordinal)
        .Replace("SCHEMAS", schemas == "{}" ? """{"Anything":{}}""" : schemas, StringComparison.Ordinal);

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => p.Key == "$ref" ? [p.Value!.GetValue<string>()] : References(p.Value)),
        JsonArray a => a.SelectMany(References),
        _ => [],
    };

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
