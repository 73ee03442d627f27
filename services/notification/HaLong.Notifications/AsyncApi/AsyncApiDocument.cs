using System.Text.Json.Nodes;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.AsyncApi;

/// <summary>The public events as an AsyncAPI 3.0 document, drawn from the catalogue: nothing in it is written twice.</summary>
internal static class AsyncApiDocument
{
    public static JsonObject Of(string publicUrl) => new()
    {
        ["asyncapi"] = "3.0.0",
        ["id"] = "urn:halong:public-events",
        ["info"] = Info(publicUrl),
        ["defaultContentType"] = "application/cloudevents+json",
        ["servers"] = Servers(new Uri(publicUrl)),
        ["channels"] = AsyncApiChannels.Channels(),
        ["operations"] = AsyncApiChannels.Operations(),
        ["components"] = new JsonObject
        {
            ["messages"] = AsyncApiMessages.All(publicUrl),
            ["schemas"] = AsyncApiMessages.Schemas(),
            ["securitySchemes"] = SecuritySchemes(publicUrl),
        },
    };

    /// <summary>A reference to another part of the document.</summary>
    public static JsonObject Ref(string path) => new() { ["$ref"] = "#/" + path };

    private static JsonObject Info(string publicUrl) => new()
    {
        ["title"] = "HaLongServices public events",
        ["version"] = "1.0.0",
        ["description"] =
            "Facts of dossiers as CloudEvents 1.0: ids and codes, no personal data. The facts of one dossier are numbered from 1 without gaps (`sequence`) and "
            + "come in that order; each comes at least once and always with the same `id`. / Sự kiện của hồ sơ theo CloudEvents 1.0: chỉ có mã, không có "
            + "dữ liệu cá nhân; đánh số liên tục theo từng hồ sơ, gửi ít nhất một lần với cùng một id.",
        ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["url"] = "https://www.apache.org/licenses/LICENSE-2.0" },
        ["contact"] = new JsonObject { ["name"] = "HaLongServices", ["url"] = publicUrl },
        ["tags"] = new JsonArray(new JsonObject { ["name"] = "dossiers", ["description"] = "Facts of dossiers (hồ sơ)" }),
        ["externalDocs"] = new JsonObject { ["description"] = "The operations as OpenAPI", ["url"] = publicUrl.TrimEnd('/') + "/docs" },
    };

    private static JsonObject Servers(Uri publicUrl) => new()
    {
        ["platform"] = new JsonObject
        {
            ["host"] = publicUrl.Authority,
            ["protocol"] = publicUrl.Scheme,
            ["description"] = "The platform's gateway: the feed is read here.",
            ["security"] = new JsonArray(Ref("components/securitySchemes/client")),
        },
        ["partner"] = new JsonObject
        {
            ["host"] = "{partnerHost}",
            ["protocol"] = "https",
            ["description"] = "The partner's own server: webhooks go there.",
            ["variables"] = Variable("partnerHost", "Host of the address given with the subscription.", "events.partner.example"),
            ["security"] = new JsonArray(Ref("components/securitySchemes/signature")),
        },
        ["broker"] = new JsonObject
        {
            ["host"] = "{brokerHost}",
            ["protocol"] = "amqp",
            ["protocolVersion"] = "0.9.1",
            ["description"] = "The broker, for partners inside the network.",
            ["variables"] = Variable(
                "brokerHost", "Host and port that the operator gives; the virtual host is in the answer of POST /api/v1/amqp-access.", "broker.internal"),
            ["security"] = new JsonArray(Ref("components/securitySchemes/brokerUser")),
        },
    };

    private static JsonObject Variable(string name, string description, string otherwise) =>
        new() { [name] = new JsonObject { ["description"] = description, ["default"] = otherwise } };

    private static JsonObject SecuritySchemes(string publicUrl) => new()
    {
        ["client"] = new JsonObject
        {
            ["type"] = "oauth2",
            ["description"] = "A partner client's own token.",
            ["flows"] = new JsonObject
            {
                ["clientCredentials"] = new JsonObject
                {
                    ["tokenUrl"] = publicUrl.TrimEnd('/') + "/connect/token",
                    ["availableScopes"] = new JsonObject { [Policies.EventsScope] = "Events for partners" },
                },
            },
            ["scopes"] = new JsonArray(Policies.EventsScope),
        },
        ["signature"] = new JsonObject
        {
            ["type"] = "httpApiKey",
            ["in"] = "header",
            ["name"] = "webhook-signature",
            ["description"] = "Standard Webhooks: v1, and Base64 of HMAC-SHA256 over id.timestamp.body under the subscription's secret; to be checked.",
        },
        ["brokerUser"] = new JsonObject
        {
            ["type"] = "userPassword",
            ["description"] = "The user that POST /api/v1/amqp-access makes for the client.",
        },
    };
}
