using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using HaLong.TestSupport;
using Microsoft.IdentityModel.Tokens;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Verification;

/// <summary>What people do with papers.</summary>
internal static class PaperDesk
{
    public const string Path = "/api/v1/verification";

    public static async Task<(Guid Id, byte[] Pdf)> ResultAsync(HttpClient client, Guid dossier)
    {
        var id = (await ViewAsync(client, dossier)).GetProperty("resultDocumentId").GetGuid();
        return (id, await client.GetByteArrayAsync($"/api/v1/dossiers/{dossier}/documents/{id}", Ct));
    }

    public static Task<HttpResponseMessage> PostFileAsync(HttpClient client, byte[] file, string? type = "application/pdf")
    {
        var content = new ByteArrayContent(file);
        if (type is not null)
            content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return client.PostAsync(Path, content, Ct);
    }

    public static async Task<JsonElement> CheckAsync(HttpClient client, object request) => await BodyAsync(await client.PostAsJsonAsync(Path, request, Ct));

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The same JWS with something else in its payload.</summary>
    public static string Forged(string jws, string what, string by)
    {
        var parts = jws.Split('.');
        var payload = Base64UrlEncoder.Decode(parts[1]);
        Assert.Contains(what, payload, StringComparison.Ordinal);
        return $"{parts[0]}.{Base64UrlEncoder.Encode(payload.Replace(what, by, StringComparison.Ordinal))}.{parts[2]}";
    }

    /// <summary>Reads the QR code of a page as a phone would, and checks it with libraries that are not ours.</summary>
    public static async Task<(int Exit, string Output)> ReadAsync(DossierFixture dossiers, byte[] pdf, object stated, string page = "1", string? keys = null)
    {
        Assert.SkipUnless(await Node.HasAsync("jsqr"), Node.Missing);
        var folder = Directory.CreateTempSubdirectory("halong-paper").FullName;
        try
        {
            var file = System.IO.Path.Combine(folder, "paper.pdf");
            await File.WriteAllBytesAsync(file, pdf, Ct);
            var drawn = await Node.RunAsync("pdftoppm", "-r", "200", "-f", page, "-l", page, "-singlefile", file, System.IO.Path.Combine(folder, "page"));
            Assert.True(drawn.Exit == 0, drawn.Output);
            keys ??= (await GetAsync(dossiers.Factory.Client(), "/api/v1/verification-keys")).GetRawText();
            await File.WriteAllTextAsync(System.IO.Path.Combine(folder, "keys.json"), keys, Ct);
            await File.WriteAllTextAsync(System.IO.Path.Combine(folder, "stated.json"), JsonSerializer.Serialize(stated, JsonSerializerOptions.Web), Ct);
            return await Node.RunAsync("node", "verify-paper.mjs", folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static async Task NotFoundAsync(HttpClient client, string token) =>
        await RefusedAsync(await client.GetAsync($"{Path}/{token}", Ct), (int)HttpStatusCode.NotFound, "DOS-0620");
}
