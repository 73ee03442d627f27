using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HaLong.Dossiers.Catalogue;

/// <summary>The reference data that the service carries (folder Data).</summary>
internal static class DataFiles
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Names of the states: internal ones first, then the words of the portal.</summary>
    public static FrozenDictionary<string, (string Vi, string En)> StatusNames()
    {
        var file = Read("statuses.json");
        var names = new Dictionary<string, (string, string)>();
        foreach (var item in file.GetProperty("internalStates").EnumerateArray())
            names[item.GetProperty("state").GetString()!] = (item.GetProperty("nameVi").GetString()!, item.GetProperty("nameEn").GetString()!);
        foreach (var item in file.GetProperty("items").EnumerateArray())
            names.TryAdd(item.GetProperty("name").GetString()!, (item.GetProperty("nameVi").GetString()!, item.GetProperty("nameEn").GetString()!));
        return names.ToFrozenDictionary();
    }

    /// <summary>The items of a file.</summary>
    public static IEnumerable<JsonElement> ReadArray(string file, string property) => Read(file).GetProperty(property).EnumerateArray();

    /// <summary>A file as text nodes, e.g. to keep an item as it is written.</summary>
    public static JsonArray ReadNodes(string file)
    {
        using var stream = Open(file);
        return JsonNode.Parse(stream)!["items"]!.AsArray();
    }

    /// <summary>A whole file.</summary>
    public static JsonElement ReadFile(string file) => Read(file);

    private static JsonElement Read(string file)
    {
        using var stream = Open(file);
        return JsonDocument.Parse(stream).RootElement;
    }

    private static Stream Open(string file) =>
        typeof(DataFiles).Assembly.GetManifestResourceStream($"Data.{file}")
        ?? throw new InvalidOperationException($"The embedded file Data/{file} is missing.");
}
