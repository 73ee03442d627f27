using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Files;

/// <summary>What a sender does by hand, so that tests can do it wrong.</summary>
internal static class TusClient
{
    public static Task<HttpResponseMessage> CreateAsync(
        HttpClient client, long length, string? fileName = "don.pdf", byte[]? first = null, string? key = null, string? version = "1.0.0", string? checksum = null)
    {
        var request = Request(HttpMethod.Post, "/api/v1/uploads", version);
        request.Headers.Add("Upload-Length", length.ToString(CultureInfo.InvariantCulture));
        if (fileName is not null)
            request.Headers.Add("Upload-Metadata", "filename " + Convert.ToBase64String(Encoding.UTF8.GetBytes(fileName)));
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (checksum is not null)
            request.Headers.Add("Upload-Checksum", checksum);
        if (first is not null)
            request.Content = Piece(first);
        return client.SendAsync(request, Ct);
    }

    public static async Task<string> CreatedAsync(HttpClient client, long length, string? fileName = "don.pdf")
    {
        using var response = await CreateAsync(client, length, fileName);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return response.Headers.Location!.ToString();
    }

    public static Task<HttpResponseMessage> PatchAsync(HttpClient client, string url, long offset, byte[] content, string? checksum = null, string type = "application/offset+octet-stream")
    {
        var request = Request(HttpMethod.Patch, url);
        request.Headers.Add("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture));
        if (checksum is not null)
            request.Headers.Add("Upload-Checksum", checksum);
        request.Content = Piece(content, type);
        return client.SendAsync(request, Ct);
    }

    /// <summary>The offset that the server tells; null when the upload is not there.</summary>
    public static async Task<long?> OffsetAsync(HttpClient client, string url)
    {
        using var response = await client.SendAsync(Request(HttpMethod.Head, url), Ct);
        return response.StatusCode == HttpStatusCode.OK ? long.Parse(response.Headers.GetValues("Upload-Offset").Single(), CultureInfo.InvariantCulture) : null;
    }

    /// <summary>A finished upload.</summary>
    public static async Task<Guid> UploadedAsync(HttpClient client, byte[] content, string? fileName = "don.pdf")
    {
        var url = await CreatedAsync(client, content.Length, fileName);
        using var sent = await PatchAsync(client, url, 0, content);
        Assert.Equal(HttpStatusCode.NoContent, sent.StatusCode);
        return IdOf(url);
    }

    public static Guid IdOf(string url) => Guid.Parse(url[^36..]);

    public static HttpRequestMessage Request(HttpMethod method, string url, string? version = "1.0.0")
    {
        var request = new HttpRequestMessage(method, url);
        if (version is not null)
            request.Headers.Add("Tus-Resumable", version);
        return request;
    }

    private static ByteArrayContent Piece(byte[] content, string type = "application/offset+octet-stream") =>
        new(content) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
}
