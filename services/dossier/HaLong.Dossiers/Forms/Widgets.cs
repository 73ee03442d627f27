using System.Collections.Frozen;

namespace HaLong.Dossiers.Forms;

/// <summary>Ways to type a value, and the JSON types each is for.</summary>
internal static class Widgets
{
    public const string List = "list";

    public static readonly FrozenDictionary<string, string[]> TypesOf = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["text"] = ["string"],
        ["textarea"] = ["string"],
        ["date"] = ["string"],
        ["phone"] = ["string"],
        ["email"] = ["string"],
        ["personal-number"] = ["string"],
        ["unit"] = ["string"],
        ["select"] = ["string"],
        ["radio"] = ["string", "boolean"],
        ["number"] = ["integer", "number"],
        ["money"] = ["integer"],
        ["checkbox"] = ["boolean"],
        [List] = ["array"],
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
