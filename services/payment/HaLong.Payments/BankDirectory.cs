using System.Collections.Frozen;
using System.Text.Json;

namespace HaLong.Payments;

/// <summary>Banks by identification number (Data/banks.json). Newer banks are missing there, so an unknown number is no fault.</summary>
internal static class BankDirectory
{
    private static readonly FrozenDictionary<string, (string Short, string Full)> Names = Load();

    public static string? ShortName(string bin) => Names.TryGetValue(bin, out var names) ? names.Short : null;

    /// <summary>For paper: the whole name, and the short one that people know.</summary>
    public static string? Name(string bin) => Names.TryGetValue(bin, out var names) ? $"{names.Full} ({names.Short})" : null;

    private static FrozenDictionary<string, (string Short, string Full)> Load()
    {
        using var stream = typeof(BankDirectory).Assembly.GetManifestResourceStream("banks.json")
            ?? throw new InvalidOperationException("banks.json is not embedded.");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.GetProperty("items").EnumerateArray()
            .ToFrozenDictionary(b => b.GetProperty("bin").GetString() ?? "", b => (b.GetProperty("shortName").GetString() ?? "", b.GetProperty("name").GetString() ?? ""));
    }
}
