using System.Text.Json.Nodes;
using HaLong.Gateway.Docs;
using Yarp.ReverseProxy.Configuration;

namespace HaLong.Gateway.Tests;

public sealed class OpenApiMergerTests
{
    [Fact]
    public void Equal_components_are_shared()
    {
        var merged = Merge(("a", Schemas("""{"Problem":{"type":"object"}}""")), ("b", Schemas("""{"Problem":{"type":"object"}}""")));
        Assert.Equal(["Problem"], Names(merged));
    }

    [Fact]
    public void Unequal_components_of_one_name_get_the_services_name_in_front()
    {
        var merged = Merge(("dossier", Schemas("""{"Item":{"type":"string"}}""")), ("e-signature", Schemas("""{"Item":{"type":"integer"},"List":{"items":{"$ref":"#/components/schemas/Item"}}}""")));
        Assert.Equal(["ESignatureItem", "Item", "List"], Names(merged));
        Assert.Equal("#/components/schemas/ESignatureItem", merged["components"]!["schemas"]!["List"]!["items"]!["$ref"]!.GetValue<string>());
        Assert.Equal("string", merged["components"]!["schemas"]!["Item"]!["type"]!.GetValue<string>());
    }

    [Fact]
    public void Components_that_read_alike_but_lead_to_unequal_ones_are_kept_apart_too()
    {
        const string page = """{"Page":{"items":{"$ref":"#/components/schemas/Box"}},"Box":{"of":{"$ref":"#/components/schemas/Item"}},"Item":{"type":"KIND"}}""";
        var merged = Merge(
            ("a", Schemas(page.Replace("KIND", "string", StringComparison.Ordinal))), ("b", Schemas(page.Replace("KIND", "integer", StringComparison.Ordinal))));
        Assert.Equal(["BBox", "BItem", "BPage", "Box", "Item", "Page"], Names(merged));
        Assert.Equal("#/components/schemas/BBox", merged["components"]!["schemas"]!["BPage"]!["items"]!["$ref"]!.GetValue<string>());
    }

    [Fact]
    public void A_name_already_taken_is_not_taken_again()
    {
        var merged = Merge(("a", Schemas("""{"Item":{"type":"string"},"BItem":{"type":"null"}}""")), ("b", Schemas("""{"Item":{"type":"integer"}}""")));
        Assert.Equal(["BItem", "BItem2", "Item"], Names(merged));
    }

    [Fact]
    public void Discriminators_follow_the_renaming()
    {
        var merged = Merge(
            ("a", Schemas("""{"Cat":{"type":"string"}}""")),
            ("b", Schemas("""{"Cat":{"type":"object"},"Pet":{"discriminator":{"propertyName":"kind","mapping":{"cat":"#/components/schemas/Cat"}}}}""")));
        Assert.Equal("#/components/schemas/BCat", merged["components"]!["schemas"]!["Pet"]!["discriminator"]!["mapping"]!["cat"]!.GetValue<string>());
    }

    [Fact]
    public void Operation_ids_stay_unique()
    {
        const string document = """{"paths":{"/PATH":{"get":{"operationId":"list"}}}}""";
        var merged = Merge(("a", document.Replace("PATH", "a", StringComparison.Ordinal)), ("b", document.Replace("PATH", "b", StringComparison.Ordinal)));
        Assert.Equal("list", merged["paths"]!["/a"]!["get"]!["operationId"]!.GetValue<string>());
        Assert.Equal("b_list", merged["paths"]!["/b"]!["get"]!["operationId"]!.GetValue<string>());
    }

    [Fact]
    public void Two_services_may_share_a_path_with_different_methods()
    {
        var merged = Merge(("a", """{"paths":{"/x":{"get":{"summary":"a"}}}}"""), ("b", """{"paths":{"/x":{"get":{"summary":"b"},"post":{"summary":"b"}}}}"""));
        Assert.Equal("a", merged["paths"]!["/x"]!["get"]!["summary"]!.GetValue<string>());
        Assert.Equal("b", merged["paths"]!["/x"]!["post"]!["summary"]!.GetValue<string>());
    }

    [Fact]
    public void The_originals_are_left_as_they_were()
    {
        var original = JsonNode.Parse(Schemas("""{"Item":{"type":"integer"}}"""))!.AsObject();
        var before = original.ToJsonString();
        OpenApiMerger.Merge(
            [new ServiceDocument("a", JsonNode.Parse(Schemas("""{"Item":{"type":"string"}}"""))!.AsObject()), new ServiceDocument("b", original)], "https://x", (_, _) => true);
        Assert.Equal(before, original.ToJsonString());
    }

    [Theory]
    [InlineData("dossier", "/api/v1/me/documents", true)]
    [InlineData("identity", "/api/v1/me/documents", false)]
    [InlineData("identity", "/api/v1/me", true)]
    [InlineData("identity", "/api/v1/me/consents/{id}", true)]
    [InlineData("dossier", "/api/v1/dossiers/{dossierId}/documents/{documentId}", true)]
    [InlineData("dossier", "/internal", false)]
    public void A_path_belongs_to_the_service_its_most_exact_route_leads_to(string service, string path, bool belongs)
    {
        var paths = new PublicPaths(
        [
            Route("identity", "/api/v1/me/{**rest}"), Route("dossier", "/api/v1/me/documents/{**rest}"),
            Route("dossier", "/api/v1/dossiers/{id}/documents/{**rest}"), Route("portal", "/{**rest}"),
        ]);
        Assert.Equal(belongs, paths.BelongsTo(service, path));
    }

    private static RouteConfig Route(string cluster, string path) => new() { RouteId = path, ClusterId = cluster, Match = new RouteMatch { Path = path } };

    private static string Schemas(string schemas) => """{"paths":{},"components":{"schemas":""" + schemas + "}}";

    private static JsonObject Merge(params (string Service, string Json)[] parts) =>
        OpenApiMerger.Merge(parts.Select(p => new ServiceDocument(p.Service, JsonNode.Parse(p.Json)!.AsObject())), "https://halong.test", (_, _) => true);

    private static IEnumerable<string> Names(JsonObject merged) => merged["components"]!["schemas"]!.AsObject().Select(s => s.Key).Order(StringComparer.Ordinal);
}
