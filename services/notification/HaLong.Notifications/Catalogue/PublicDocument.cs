using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HaLong.Notifications.Catalogue;

/// <summary>A document that is the same for everybody until the next release: made once, with an entity tag of its bytes.</summary>
internal sealed class PublicDocument
{
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly byte[] bytes;
    private readonly string tag;
    private readonly string mediaType;

    public PublicDocument(JsonObject content, string mediaType)
    {
        bytes = JsonSerializer.SerializeToUtf8Bytes(content, Pretty);
        tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"";
        this.mediaType = mediaType;
    }

    /// <summary>The document, or 304 to whoever has it.</summary>
    public IResult Answer(HttpContext http)
    {
        http.Response.Headers.CacheControl = "public, max-age=3600";
        return TypedResults.Bytes(bytes, mediaType, entityTag: new Microsoft.Net.Http.Headers.EntityTagHeaderValue(tag));
    }
}
