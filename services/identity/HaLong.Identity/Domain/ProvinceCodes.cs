using HaLong.Identity.Seeding;

namespace HaLong.Identity.Domain;

/// <summary>The first three digits of a personal number: where the birth was registered, by the 63 provinces before July 2025.</summary>
internal static class ProvinceCodes
{
    private static readonly Lazy<Dictionary<string, string>> Known = new(() =>
        ReferenceData.Read<Catalogue>("province-codes.json").Items.ToDictionary(p => p.Code, p => p.NameVi, StringComparer.Ordinal));

    public static string? NameOf(string code) => Known.Value.GetValueOrDefault(code);

    private sealed record Catalogue(List<Province> Items);

    private sealed record Province(string Code, string NameVi);
}
