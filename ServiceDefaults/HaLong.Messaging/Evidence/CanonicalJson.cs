using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace HaLong.Messaging;

/// <summary>
/// The same bytes for the same content: properties in ordinal order, no white space, numbers in their shortest form. So the hash of a fact can
/// be computed again from the outbox, which stores JSON in an order of its own, from a delivery, or from an archive.
/// </summary>
internal static class CanonicalJson
{
    public static byte[] Hash(JsonElement content)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(bytes))
        {
            Write(writer, content);
        }

        return SHA256.HashData(bytes.WrittenSpan);
    }

    /// <summary>The first id in it: what it is about, by the house's manner of naming that first. Empty without one.</summary>
    public static string SubjectOf(JsonElement content)
    {
        if (content.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in content.EnumerateObject())
            {
                if (property.Value.ValueKind == JsonValueKind.String && property.Name.EndsWith("Id", StringComparison.OrdinalIgnoreCase)
                    && property.Value.TryGetGuid(out var id))
                {
                    return id.ToString();
                }
            }
        }

        return "";
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number when value.TryGetDecimal(out var number):
                // The database writes 1e2 as 100 and keeps 1.50: both sides are brought to one form.
                writer.WriteRawValue((number / 1.000000000000000000000000000000000m).ToString(CultureInfo.InvariantCulture));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
