using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Notifications.Catalogue;

namespace HaLong.Notifications.Tests.Events;

/// <summary>docs/events-catalogue.md shows the catalogue; <c>HALONG_APPROVE=1</c> rewrites it.</summary>
public sealed class CataloguePageTests
{
    private const string PublicUrl = "https://halong.example";
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void The_page_is_the_catalogue()
    {
        var page = new StringBuilder(
            """
            # Catalogue of public events

            Drawn from the code (`EventCatalogue`) by a test; do not edit. How they travel, and the rules, are in [events.md](events.md). The schemas are at
            `GET /schemas/events/{type}.json`, all of it for machines at `GET /asyncapi/v1.json`.

            | Type | | | Since |
            | --- | --- | --- | --- |

            """);
        foreach (var t in EventCatalogue.All)
            page.Append(CultureInfo.InvariantCulture, $"| [`{t.Type}`](#{Anchor(t.Type)}) | {t.En} | {t.Vi} | {t.Since} |\n");
        foreach (var t in EventCatalogue.All)
            Describe(page, t);
        Repository.Approve("docs/events-catalogue.md", page.ToString());
    }

    private static void Describe(StringBuilder page, PublicEventType type)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {type.Type}\n{type.En} / {type.Vi}\n\n| Field of `data` | Kind | |\n| --- | --- | --- |\n");
        var schema = EventSchemas.Of(type);
        var required = schema["required"]!.AsArray().Select(r => r!.GetValue<string>()).ToHashSet();
        foreach (var (name, field) in schema["properties"]!.AsObject())
            page.Append(CultureInfo.InvariantCulture, $"| `{name}` | {field!["format"] ?? field["type"]}{(required.Contains(name) ? "" : ", may be missing")} | {field["description"]} |\n");
        var example = JsonNode.Parse(EventCatalogue.Envelope(type, PublicUrl).ToJson())!;
        page.Append(CultureInfo.InvariantCulture, $"\n```json\n{JsonSerializer.Serialize(example, Pretty)}\n```\n");
    }

    // As GitHub makes them of headings.
    private static string Anchor(string heading) => heading.Replace(".", "", StringComparison.Ordinal);
}
