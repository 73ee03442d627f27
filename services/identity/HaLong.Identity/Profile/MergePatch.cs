using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Profile;

/// <summary>A JSON merge patch (RFC 7396): what is left out stays, null takes away. Collects everything that is wrong, field by field.</summary>
internal sealed class MergePatch(JsonObject fields, Error refusal)
{
    /// <summary>Content types a patch may come in.</summary>
    public const string MediaType = "application/merge-patch+json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { AllowDuplicateProperties = false };

    private Error _refusal = refusal;

    /// <summary>The refusal when anything was wrong, else null.</summary>
    public Error? Refusal => _refusal.FieldMessages.Count > 0 ? _refusal : null;

    /// <summary>Reads the body; a refusal when it is no JSON object.</summary>
    public static async Task<Result<MergePatch>> ReadAsync(HttpRequest request, Error refusal, CancellationToken ct)
    {
        try
        {
            return await request.ReadFromJsonAsync<JsonObject>(Json, ct) is { } fields ? new MergePatch(fields, refusal) : CommonErrors.BadRequest;
        }
        catch (Exception e) when (e is JsonException or ArgumentException) // The latter: a field given twice.
        {
            return CommonErrors.BadRequest;
        }
    }

    public bool Has(string name) => fields.ContainsKey(name);

    public void Refuse(string name, string vi, string en) => _refusal = _refusal.WithField(name, vi, en);

    /// <summary>Refuses every field but these.</summary>
    public void Only(params IEnumerable<string> names)
    {
        foreach (var other in fields.Select(f => f.Key).Except(names))
            Refuse(other, "Không có trường này, hoặc không sửa ở đây.", "There is no such field, or it is not changed here.");
    }

    /// <summary>A text; null when it was taken away or is none.</summary>
    public string? Text(string name) => Value<string>(name, "Phải là chuỗi ký tự.", "It must be a text.");

    /// <summary>True or false; what was taken away goes back to <paramref name="otherwise"/>.</summary>
    public bool Flag(string name, bool otherwise) =>
        fields[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag
        : Value<bool?>(name, "Phải là true hoặc false.", "It must be true or false.") ?? otherwise;

    /// <summary>Texts in order; null when they were taken away or are none.</summary>
    public string[]? Texts(string name)
    {
        if (fields[name] is not { } node)
            return null;
        if (node is JsonArray array && array.All(i => i is JsonValue item && item.TryGetValue<string>(out _)))
            return [.. array.Select(i => i!.GetValue<string>())]; // Checked just above.
        Refuse(name, "Phải là danh sách chuỗi ký tự.", "It must be a list of texts.");
        return null;
    }

    private T? Value<T>(string name, string vi, string en)
    {
        if (fields[name] is not { } node)
            return default;
        if (node is JsonValue value && value.TryGetValue<T>(out var found))
            return found;
        Refuse(name, vi, en);
        return default;
    }
}
