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
    [property: JsonPropertyName("dataschema")] string? DataSchema,
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

    /// <param name="fact">What happened.</param>
    /// <param name="id">The event's id, the same wherever it is sent.</param>
    /// <param name="traceParent">The trace that it happened in.</param>
    /// <param name="dataSchema">Address of the schema of the data; events from before there were schemas have none.</param>
    public static CloudEvent Of(PublicFact fact, Guid id, string? traceParent, string? dataSchema = null) => new(
        "1.0", id, Origin, fact.Type, fact.Data.DossierId, fact.OccurredAt.ToUniversalTime(), "application/json", dataSchema, fact.Sequence, traceParent,
        fact.Data);

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
