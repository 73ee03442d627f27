using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace HaLong.Notifications.Catalogue;

/// <summary>
/// JSON Schemas (2020-12) of the events' data, drawn from the records that are sent. They leave room for more fields: a type may grow, and
/// a reader that keeps a schema must not refuse what comes after it.
/// </summary>
internal static class EventSchemas
{
    public const string Dialect = "https://json-schema.org/draft/2020-12/schema";
    private const string Path = "/schemas/events/";

    private static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>Where a type's schema is; the event's <c>dataschema</c>.</summary>
    public static string UrlOf(string publicUrl, string type) => $"{publicUrl.TrimEnd('/')}{Path}{type}.json";

    /// <summary>The schema of a type's data as a document of its own.</summary>
    public static JsonObject Document(PublicEventType type, string publicUrl)
    {
        var schema = new JsonObject { ["$schema"] = Dialect, ["$id"] = UrlOf(publicUrl, type.Type) };
        foreach (var (name, value) in Of(type))
            schema[name] = value?.DeepClone();
        return schema;
    }

    /// <summary>The schema of a type's data, to be put into another document.</summary>
    public static JsonObject Of(PublicEventType type)
    {
        var drawn = Shape.GetJsonSchemaAsNode(type.Data, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true }).AsObject();
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var (name, drawnField) in drawn["properties"]!.AsObject())
        {
            var (field, isOptional) = Field(name, drawnField!.AsObject());
            properties[name] = field;
            if (!isOptional)
                required.Add(name);
        }

        return new JsonObject
        {
            ["title"] = type.Type,
            ["description"] = $"{type.En} / {type.Vi}",
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = required,
        };
    }

    // What has no value is not written at all, so a field that may be null is one that may be missing.
    private static (JsonObject Field, bool IsOptional) Field(string name, JsonObject drawn)
    {
        var types = drawn["type"] is JsonArray several ? several.Select(t => t!.GetValue<string>()).ToList() : [drawn["type"]!.GetValue<string>()];
        var isOptional = types.Remove("null");
        var field = new JsonObject { ["type"] = types.Single() };
        if (drawn["format"] is { } format)
            field["format"] = format.DeepClone();
        if (EventField.All.GetValueOrDefault(name) is { } meaning)
        {
            field["description"] = $"{meaning.En} / {meaning.Vi}";
            if (meaning.Pattern is not null)
                field["pattern"] = meaning.Pattern;
            if (meaning.Minimum is not null)
                field["minimum"] = meaning.Minimum;
            if (meaning.Example is not null)
                field["examples"] = new JsonArray(meaning.Example);
        }

        return (field, isOptional);
    }
}
