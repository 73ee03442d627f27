using System.Text.Json.Nodes;
using HaLong.ServiceDefaults;

namespace HaLong.Gateway.Docs;

/// <summary>The document of one service.</summary>
internal sealed record ServiceDocument(string Service, JsonObject Document);

/// <summary>Makes one OpenAPI document of several. Equal components are shared; of unequal ones with the same name the later gets its service's name in front.</summary>
internal static class OpenApiMerger
{
    private const string Bearer = "bearer", OAuth = "oauth2";

    public static JsonObject Merge(IEnumerable<ServiceDocument> parts, string publicUrl, Func<string, string, bool> isPublic)
    {
        var (paths, components, tags) = (new JsonObject(), new JsonObject(), new SortedDictionary<string, JsonNode>(StringComparer.Ordinal));
        var operationIds = new HashSet<string>(StringComparer.Ordinal);
        components["securitySchemes"] = SecuritySchemes(publicUrl);
        foreach (var (service, original) in parts)
        {
            var document = (JsonObject)original.DeepClone();
            Clashes.Resolve(document, components, service);
            AddComponents(document, components);
            foreach (var (path, item) in document["paths"] as JsonObject ?? [])
            {
                if (item is JsonObject operations && isPublic(service, path))
                {
                    AddPath(paths, path, operations, service, operationIds);
                }
            }

            foreach (var tag in (document["tags"] as JsonArray ?? []).OfType<JsonObject>())
            {
                tags.TryAdd(tag["name"]?.GetValue<string>() ?? "", tag.DeepClone());
            }
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "HaLongServices API",
                ["version"] = "v1",
                ["description"] = "Errors are problem details (RFC 9457) with a stable `code`; `type` leads to its explanation. "
                    + "Answers carry `Trace-Id`, `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset`. Unsafe operations take `Idempotency-Key`, changes take `If-Match`. "
                    + "`Accept-Language: vi` (default) or `en`.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = publicUrl }),
            ["paths"] = paths,
            ["components"] = components,
            ["tags"] = new JsonArray([.. tags.Values]),
        };
    }

    private static void AddComponents(JsonObject document, JsonObject components)
    {
        foreach (var (section, named) in document["components"] as JsonObject ?? [])
        {
            if (section == "securitySchemes" || named is not JsonObject definitions)
            {
                continue;
            }

            if (components[section] is not JsonObject target)
            {
                components[section] = target = [];
            }

            foreach (var (name, definition) in definitions)
            {
                target.TryAdd(name, definition?.DeepClone());
            }
        }
    }

    private static void AddPath(JsonObject paths, string path, JsonObject operations, string service, HashSet<string> operationIds)
    {
        if (paths[path] is not JsonObject target)
        {
            paths[path] = target = [];
        }

        foreach (var (method, node) in operations)
        {
            if (node?.DeepClone() is not { } copy || target.ContainsKey(method))
            {
                continue;
            }

            if (copy is JsonObject operation)
            {
                Secure(operation);
                if (operation["operationId"]?.GetValue<string>() is { } id && !operationIds.Add(id))
                {
                    operation["operationId"] = service + "_" + id;
                }
            }

            target[method] = copy;
        }
    }

    // Services say "a bearer token, for this policy"; the reader wants to know how to get one.
    private static void Secure(JsonObject operation)
    {
        if (operation["security"] is not JsonArray security || security.OfType<JsonObject>().FirstOrDefault(s => s.ContainsKey(Bearer)) is not { } bearer)
        {
            return;
        }

        var policies = (bearer[Bearer] as JsonArray ?? []).Select(p => p?.GetValue<string>()).ToList();
        var scope = policies.Contains(Policies.Partner) ? Policies.EventsScope : Policies.ApiScope;
        security.Add(new JsonObject { [OAuth] = new JsonArray(scope) });
    }

    private static JsonObject SecuritySchemes(string publicUrl) => new()
    {
        [Bearer] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT", ["description"] = "Access token from /connect/token." },
        [OAuth] = new JsonObject
        {
            ["type"] = "oauth2",
            ["description"] = "People sign in by authorization code with PKCE; partner systems use client credentials.",
            ["flows"] = new JsonObject
            {
                ["authorizationCode"] = new JsonObject
                {
                    ["authorizationUrl"] = publicUrl + "/connect/authorize",
                    ["tokenUrl"] = publicUrl + "/connect/token",
                    ["refreshUrl"] = publicUrl + "/connect/token",
                    ["scopes"] = new JsonObject { [Policies.ApiScope] = "The API, as yourself.", ["offline_access"] = "Stay signed in." },
                },
                ["clientCredentials"] = new JsonObject
                {
                    ["tokenUrl"] = publicUrl + "/connect/token",
                    ["scopes"] = new JsonObject { [Policies.EventsScope] = "Subscriptions and events." },
                },
            },
        },
    };
}
