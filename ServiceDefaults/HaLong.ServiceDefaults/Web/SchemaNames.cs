using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace HaLong.ServiceDefaults;

/// <summary>
/// Names of schemas in the OpenAPI document. Two types of a service that have one short name, such as the answers of two use cases, would else be one
/// schema, and the document would promise the wrong answer for one of them. A short name that is given once stays; the others get the name of the type
/// they are nested in, or of their folder, in front.
/// </summary>
internal static class SchemaNames
{
    private static readonly ConcurrentDictionary<Assembly, ILookup<string, Type>> Known = new();

    /// <summary>The name of a schema; null for what is written where it is used.</summary>
    public static string? Of(JsonTypeInfo type) => OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name ? Of(type.Type, name) : null;

    private static string Of(Type type, string name)
    {
        var arguments = type.IsGenericType ? type.GetGenericArguments() : [];
        if (arguments.Length > 0)
            return $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}Of{string.Join("And", arguments.Select(a => Of(a, a.Name)))}";
        if (type.Namespace?.StartsWith("HaLong.", StringComparison.Ordinal) != true)
            return name;
        List<Type> alike = [.. Of(type.Assembly)[type.Name]];
        for (var depth = 0; alike.Count > 1; depth++)
        {
            var outer = Outer(type, depth);
            name = outer.Length == 0 ? name : outer + name;
            alike = [.. alike.Where(a => Outer(a, depth) == outer)];
            if (outer.Length == 0)
                break;
        }

        return name;
    }

    /// <summary>What a type is in, from the inside: the types it is nested in, then the parts of its namespace; empty when there is no more.</summary>
    private static string Outer(Type type, int depth)
    {
        List<string> outer = [];
        for (var around = type.DeclaringType; around is not null; around = around.DeclaringType)
            outer.Add(around.Name);
        outer.AddRange((type.Namespace ?? "").Split('.').Reverse());
        return depth < outer.Count ? outer[depth] : "";
    }

    private static ILookup<string, Type> Of(Assembly assembly) => Known.GetOrAdd(assembly, static a =>
        a.GetTypes().Where(t => !t.Name.StartsWith('<') && !t.IsGenericTypeDefinition).ToLookup(t => t.Name, StringComparer.Ordinal));
}
