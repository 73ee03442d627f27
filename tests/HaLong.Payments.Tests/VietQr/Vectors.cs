using System.Text.Json;

namespace HaLong.Payments.Tests.VietQr;

/// <summary>The published and own-made examples of Data/vietqr-vectors.json.</summary>
internal static class Vectors
{
    public static readonly JsonElement Root = Load();

    public static IEnumerable<JsonElement> Items(bool valid) =>
        Root.GetProperty("items").EnumerateArray().Where(i => i.GetProperty("valid").GetBoolean() == valid);

    public static JsonElement Item(string id) => Root.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("id").GetString() == id);

    /// <summary>A text property, or nothing when it is absent or null.</summary>
    public static string? Text(this JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static JsonElement Load()
    {
        using var stream = typeof(Vectors).Assembly.GetManifestResourceStream("vietqr-vectors.json");
        return JsonDocument.Parse(stream ?? throw new InvalidOperationException("vietqr-vectors.json is not embedded.")).RootElement;
    }
}
