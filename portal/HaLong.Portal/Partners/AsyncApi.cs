using System.Text.Json.Nodes;
using HaLong.Portal.Api;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Partners;

/// <summary>A type of event.</summary>
public sealed record EventType(string Type, string Summary);

/// <summary>The catalogue of events, out of the document for machines: nothing is written twice.</summary>
internal sealed class AsyncApi(ApiClient api)
{
    // Beside /api/v1/, as the document says itself.
    private const string Document = "../../asyncapi/v1.json", EventPrefix = "vn.halong.dossier.";

    /// <summary>All types; null when the document cannot be read.</summary>
    public async Task<IReadOnlyList<EventType>?> EventsAsync(CancellationToken ct) =>
        (await api.GetAsync<JsonObject>(Document, ct)).Value?["components"]?["messages"] is JsonObject messages
            ? [.. messages.Select(m => m.Value).OfType<JsonObject>().Select(m =>
                new EventType(m["name"]?.ToString() ?? "", Bilingual(m["summary"]?.ToString() ?? "", m["title"]?.ToString() ?? "")))
                .Where(e => e.Type.StartsWith(EventPrefix, StringComparison.Ordinal)).OrderBy(e => e.Type, StringComparer.Ordinal)]
            : null;
}
