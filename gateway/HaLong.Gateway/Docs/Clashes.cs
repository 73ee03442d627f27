using System.Globalization;
using System.Text.Json.Nodes;

namespace HaLong.Gateway.Docs;

/// <summary>Renames the components of a document that mean something else than those of the same name collected before.</summary>
internal static class Clashes
{
    public static void Resolve(JsonObject document, JsonObject collected, string service)
    {
        var renamed = Find(document, collected, service);
        if (renamed.Count == 0)
        {
            return;
        }

        Rewrite(document, renamed);
        foreach (var (section, named) in Sections(document))
        {
            foreach (var name in named.Select(n => n.Key).ToList())
            {
                if (renamed.TryGetValue(Reference(section, name), out var reference))
                {
                    var definition = named[name];
                    named.Remove(name);
                    named[reference[(reference.LastIndexOf('/') + 1)..]] = definition;
                }
            }
        }
    }

    // Two components that read alike still differ when one of their parts does, so this goes on until nothing is added.
    private static Dictionary<string, string> Find(JsonObject document, JsonObject collected, string service)
    {
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var before = -1; before != renamed.Count;)
        {
            before = renamed.Count;
            foreach (var (section, named) in Sections(document))
            {
                foreach (var (name, definition) in named)
                {
                    var reference = Reference(section, name);
                    if (collected[section]?[name] is { } other && !renamed.ContainsKey(reference)
                        && (!JsonNode.DeepEquals(other, definition) || References(definition).Any(renamed.ContainsKey)))
                    {
                        renamed[reference] = Reference(section, FreeName(service, name, named, collected[section]!.AsObject()));
                    }
                }
            }
        }

        return renamed;
    }

    private static List<(string Section, JsonObject Named)> Sections(JsonObject document) =>
        [.. (document["components"] as JsonObject ?? []).Where(s => s.Key != "securitySchemes" && s.Value is JsonObject).Select(s => (s.Key, (JsonObject)s.Value!))];

    private static string Reference(string section, string name) => $"#/components/{section}/{name}";

    private static string FreeName(string service, string name, JsonObject own, JsonObject collected)
    {
        var prefixed = string.Concat(service.Split('-').Select(w => char.ToUpperInvariant(w[0]) + w[1..])) + name;
        var free = prefixed;
        for (var i = 2; own.ContainsKey(free) || collected.ContainsKey(free); i++)
        {
            free = prefixed + i.ToString(CultureInfo.InvariantCulture);
        }

        return free;
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => References(p.Value)),
        JsonArray a => a.SelectMany(References),
        JsonValue v when v.TryGetValue<string>(out var text) && text.StartsWith("#/components/", StringComparison.Ordinal) => [text],
        _ => [],
    };

    private static void Rewrite(JsonNode? node, Dictionary<string, string> renamed)
    {
        if (node is JsonObject o)
        {
            foreach (var (key, value) in o.ToList())
            {
                if (value is JsonValue v && v.TryGetValue<string>(out var text) && renamed.TryGetValue(text, out var reference))
                {
                    o[key] = reference;
                }
                else
                {
                    Rewrite(value, renamed);
                }
            }
        }

        foreach (var item in node as JsonArray ?? [])
        {
            Rewrite(item, renamed);
        }
    }
}
