using System.Text.Json;

namespace HaLong.Dossiers.Domain.Lifecycle;

/// <summary>Where to reach the applicant, as far as the dossier's form says it under the usual names.</summary>
internal sealed record Contact(string? Address, string? Phone, string? Email)
{
    private const int MaxLength = 300;

    public static Contact Of(string data)
    {
        var form = JsonElement.Parse(data);
        return new Contact(Text(form, "address", "diaChi"), Text(form, "phone", "dienThoai"), Text(form, "email"));
    }

    private static string? Text(JsonElement form, params string[] names)
    {
        foreach (var name in names)
        {
            if (form.ValueKind == JsonValueKind.Object && form.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                && value.GetString() is { Length: > 0 and <= MaxLength } text)
                return text;
        }
        return null;
    }
}
