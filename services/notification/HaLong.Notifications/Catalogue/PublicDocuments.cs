using HaLong.Notifications.AsyncApi;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Catalogue;

/// <summary>What the catalogue tells the world: a schema of each type and the AsyncAPI document.</summary>
internal sealed class PublicDocuments(IOptions<PlatformOptions> platform)
{
    private readonly Lazy<Dictionary<string, PublicDocument>> schemas = new(() => EventCatalogue.All.ToDictionary(
        t => t.Type, t => new PublicDocument(EventSchemas.Document(t, platform.Value.PublicUrl), "application/schema+json"), StringComparer.Ordinal));

    private readonly Lazy<PublicDocument> asyncApi = new(() => new PublicDocument(AsyncApiDocument.Of(platform.Value.PublicUrl), "application/json"));

    public PublicDocument AsyncApi => asyncApi.Value;

    public PublicDocument? Schema(string type) => schemas.Value.GetValueOrDefault(type);
}
