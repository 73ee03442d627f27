using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Catalogue;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Catalogue.Administration;

/// <summary>Administrators of the catalogue and what they do.</summary>
internal static class Keepers
{
    public const string Admin = "/api/v1/admin/procedures";

    public static DateOnly Today => LocalTime.Date(TimeProvider.System.GetUtcNow());

    public static HttpClient Keeper(this DossierFixture dossiers, Guid? id = null, string unit = Province, bool strong = true, string role = Roles.Administrator) =>
        dossiers.Factory.Client(dossiers.Identity.Token(id, [role], unit, strong: strong));

    /// <summary>An item of the catalogue file, changed, under a code of its own when one is given.</summary>
    public static JsonNode Item(string code = "1.001193", string? newCode = null, Action<JsonNode>? change = null)
    {
        var item = DataFiles.ReadNodes("procedures.json").Single(n => n!["code"]!.GetValue<string>() == code)!.DeepClone();
        item["code"] = newCode ?? code;
        change?.Invoke(item);
        return item;
    }

    public static Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, object? body = null, string? ifMatch = null, string? key = null)
    {
        var request = new HttpRequestMessage(method, Admin + path) { Content = body is null ? null : JsonContent.Create(body) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request, Ct);
    }

    public static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, object? body = null, string? ifMatch = null, string? key = null) =>
        SendAsync(client, HttpMethod.Post, path, body, ifMatch, key);

    /// <summary>A draft with this content.</summary>
    public static async Task<Guid> OpenAsync(HttpClient author, JsonNode item, DateOnly? validFrom = null) => (await BodyAsync(
        await PostAsync(author, "/drafts", new { code = item["code"]!.GetValue<string>(), content = item, validFrom }), HttpStatusCode.Created)).GetProperty("id").GetGuid();

    /// <summary>A draft that waits for its publication.</summary>
    public static async Task<Guid> ApprovedAsync(HttpClient author, HttpClient second, JsonNode item)
    {
        var id = await OpenAsync(author, item);
        await BodyAsync(await PostAsync(author, $"/drafts/{id}/review"));
        await BodyAsync(await PostAsync(second, $"/drafts/{id}/approval"));
        return id;
    }

    public static async Task<JsonElement> PublishedAsync(HttpClient author, HttpClient second, JsonNode item, DateOnly from, DateOnly? to = null)
    {
        var id = await ApprovedAsync(author, second, item);
        return await BodyAsync(await PostAsync(second, $"/drafts/{id}/publication", new { validFrom = from, validTo = to }));
    }

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
