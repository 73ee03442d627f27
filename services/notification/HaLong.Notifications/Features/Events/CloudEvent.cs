using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HaLong.Notifications.Features.Events;

/// <summary>A fact in the envelope of CloudEvents 1.0, with the extensions sequence and traceparent.</summary>
internal sealed record CloudEvent(
    [property: JsonPropertyName("specversion")] string SpecVersion,
    [property: JsonPropertyName("id")] Guid Id,
    [property: JsonPropertyName("source")] string Source,
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("subject")] Guid Subject,
    [property: JsonPropertyName("time")] DateTimeOffset Time,
    [property: JsonPropertyName("datacontenttype")] string DataContentType,
    [property: JsonPropertyName("sequence")] long Sequence,
    [property: JsonPropertyName("traceparent")] string? TraceParent,
    [property: JsonPropertyName("data")] object Data)
{
    private const string Origin = "urn:halong:dossier";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static CloudEvent Of(PublicFact fact, Guid id, string? traceParent) =>
        new("1.0", id, Origin, fact.Type, fact.Data.DossierId, fact.OccurredAt.ToUniversalTime(), "application/json", fact.Sequence, traceParent, fact.Data);

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
