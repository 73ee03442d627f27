using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace HaLong.Dossiers.NationalPortal.Inbound;

/// <summary>A page of what was filed.</summary>
internal sealed record FilingsPage([property: JsonPropertyName("items")] IReadOnlyList<JsonElement>? Items);

/// <summary>A filing as the portal sends it; what of it makes sense is looked at later, so that one that does not holds up no other.</summary>
/// <param name="Number">Its number in the portal's sequence.</param>
/// <param name="Code">Its dossier code, if that is a text.</param>
/// <param name="Hash">SHA-256 of everything but the number.</param>
/// <param name="Json">All of it.</param>
internal sealed record PortalFiling(long Number, string? Code, string Hash, JsonElement Json)
{
    /// <summary>Null for what is no object or has no number.</summary>
    public static PortalFiling? Of(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object
            || !item.TryGetProperty("So", out var so) || so.ValueKind != JsonValueKind.Number || !so.TryGetInt64(out var number)
            || number <= 0)
            return null;
        var code = item.TryGetProperty("MaHoSo", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        var content = new StringBuilder();
        foreach (var property in item.EnumerateObject().Where(p => p.Name != "So").OrderBy(p => p.Name, StringComparer.Ordinal))
            content.Append(property.Name).Append('\n').Append(property.Value.GetRawText()).Append('\n');
        return new PortalFiling(number, code, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content.ToString()))), item);
    }

    /// <summary>What it says; null when that cannot be read.</summary>
    public FilingContent? Content()
    {
        try
        {
            return Json.Deserialize<FilingContent>();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What of a filing becomes the dossier.</summary>
internal sealed record FilingContent
{
    private const int PersonalNumberLength = 12;

    [JsonPropertyName("MaTTHC")]
    public string? ProcedureCode { get; init; }

    [JsonPropertyName("ChuHoSo")]
    public string? OwnerName { get; init; }

    [JsonPropertyName("DinhDanhCHS")]
    public OwnerNumber? Owner { get; init; }

    [JsonPropertyName("TrichYeuHoSo")]
    public string? Subject { get; init; }

    /// <summary>The unit that decides: its code, or the code of its agency.</summary>
    [JsonPropertyName("DonViXuLy")]
    public string? Unit { get; init; }

    [JsonPropertyName("DuLieu")]
    public JsonElement? Data { get; init; }

    /// <summary>true, 1 or "1", as systems write it.</summary>
    [JsonPropertyName("TaiKhoanDuocXacThucVoiVNeID")]
    public JsonNode? VNeId { get; init; }

    [JsonPropertyName("TaiLieuNop")]
    public IReadOnlyList<FilingFile?>? Files { get; init; }

    /// <summary>Whoever filed signed in with VNeID: the number is his.</summary>
    public bool IsVerified => VNeId?.ToJsonString() is "true" or "1" or "\"1\"" or "\"true\"";

    /// <summary>The personal number; null for organisations and whatever else has a number.</summary>
    public string? PersonalNumber => Owner?.Number?.Trim() is { Length: PersonalNumberLength } number && number.All(char.IsAsciiDigit) ? number : null;
}

/// <summary>The number by which the owner is known.</summary>
internal sealed record OwnerNumber([property: JsonPropertyName("SoDinhDanh")] string? Number);

/// <summary>A file of a filing. It is fetched by its id from the portal itself: an address in the filing is never called.</summary>
/// <param name="Component">Number of the component from 1.</param>
internal sealed record FilingFile(
    [property: JsonPropertyName("TepDinhKemId")] string? Id, [property: JsonPropertyName("TenTepDinhKem")] string? Name,
    [property: JsonPropertyName("ThanhPhan")] int? Component, [property: JsonPropertyName("Sha256")] string? Sha256);
