using System.Collections.Frozen;
using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Catalogue;

/// <summary>A list of codes with their names in both languages.</summary>
internal sealed class CodeList(IEnumerable<NamedCode> codes)
{
    private readonly FrozenDictionary<string, NamedCode> byCode = codes.ToFrozenDictionary(c => c.Code);

    public IEnumerable<string> Codes => byCode.Keys;

    public bool Has(string code) => byCode.ContainsKey(code);

    /// <summary>The code with its names; the bare code where it is not in the list.</summary>
    public NamedCode Of(string code) => byCode.GetValueOrDefault(code) ?? new NamedCode(code, code, code);
}

/// <summary>The code lists of the catalogue (Data/catalogue-codes.json and Data/procedures.json).</summary>
internal static class CatalogueCodes
{
    private static readonly JsonElement File = DataFiles.ReadFile("catalogue-codes.json");
    private static readonly JsonElement Procedures = DataFiles.ReadFile("procedures.json").GetProperty("codeLists");

    public static readonly CodeList Levels = List("levels"), Subjects = List("subjects"), Channels = List("channels"), FeeChannels = List("feeChannels"),
        FeeKinds = List("feeKinds"), FeeMoments = List("feeMoments"), TimeUnits = List("timeUnits"), OnlineLevels = List("onlineLevels"),
        PartialReasons = List("partialReasons"), DataSources = List("dataSources"), ApplicantCategories = List("applicantCategories");

    /// <summary>Kinds of agencies.</summary>
    public static readonly CodeList Agencies = new(Read(Procedures.GetProperty("agencyKinds")));

    /// <summary>Fields of procedures (lĩnh vực).</summary>
    public static readonly CodeList Fields = new(Read(Procedures.GetProperty("fields")));

    /// <summary>Names of the fields of an item, for comparisons.</summary>
    public static readonly FrozenDictionary<string, (string Vi, string En)> Labels = File.GetProperty("labels").EnumerateObject()
        .ToFrozenDictionary(l => l.Name, l => (l.Value.GetProperty("vi").GetString()!, l.Value.GetProperty("en").GetString()!));

    /// <summary>The lists that an export carries.</summary>
    public static JsonElement OfExport => Procedures;

    /// <summary>The name in the language of the request.</summary>
    public static string Name(this NamedCode code) => Text.Bilingual(code.Vi, code.En);

    private static CodeList List(string name) => new(Read(File.GetProperty("lists").GetProperty(name)));

    private static IEnumerable<NamedCode> Read(JsonElement list) => list.EnumerateArray().Select(c => c.Deserialize<NamedCode>(DataFiles.Json)!);
}
