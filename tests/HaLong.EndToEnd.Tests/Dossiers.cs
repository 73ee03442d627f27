using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HaLong.Cli.Journey;

namespace HaLong.EndToEnd.Tests;

/// <summary>Short ways to dossiers in a state that a test needs, through the public API.</summary>
internal static class Dossiers
{
    public const string Procedure = "1.013978";

    public static async Task<string> DraftAsync(Platform platform, HttpClient citizen)
    {
        using var response = await citizen.PostAsJsonAsync("/api/v1/dossiers", new { procedureCode = Procedure, unitCode = platform.File.Account("reception").Unit, subject = $"Thửa đất thử {Guid.CreateVersion7()}", data = new { } });
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.GetValue<string>();
    }

    public static async Task<string> DraftWithPapersAsync(Platform platform, HttpClient citizen)
    {
        var id = await DraftAsync(platform, citizen);
        var procedure = (await citizen.GetFromJsonAsync<JsonNode>("/api/v1/procedures/" + Procedure))!;
        var components = procedure["components"]!.AsArray();
        for (var i = 0; i < components.Count; i++)
        {
            if (components[i]!["required"]!.GetValue<bool>())
            {
                using var response = await UploadAsync(citizen, id, i + 1, SamplePdf.Create($"{id} {i}"), "a.pdf");
                response.EnsureSuccessStatusCode();
            }
        }

        return id;
    }

    public static async Task<HttpResponseMessage> UploadAsync(HttpClient citizen, string id, int component, byte[] bytes, string fileName)
    {
        using var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        using var form = new MultipartFormDataContent { { new StringContent(component.ToString(CultureInfo.InvariantCulture)), "component" }, { file, "file", fileName } };
        return await citizen.PostAsync($"/api/v1/dossiers/{id}/documents", form);
    }

    public static async Task<HttpResponseMessage> SubmitAsync(HttpClient citizen, string id, string? etag = null, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/dossiers/{id}/submission");
        request.Headers.Add("Idempotency-Key", key ?? Guid.CreateVersion7().ToString());
        if (etag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        }

        return await citizen.SendAsync(request);
    }

    public static async Task<JsonNode> ReadAsync(HttpClient client, string id) => (await client.GetFromJsonAsync<JsonNode>("/api/v1/dossiers/" + id))!;
}
