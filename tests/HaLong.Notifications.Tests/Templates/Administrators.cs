using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Notifications.Tests.Support;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Templates;

/// <summary>Two administrators at the templates of a world: one writes, the other approves.</summary>
internal sealed class Administrators(World world) : IDisposable
{
    public const string Path = "/api/v1/admin/notice-templates";

    public Guid WriterId { get; } = Guid.CreateVersion7();

    public HttpClient Writer => field ??= As(WriterId);

    public HttpClient Reviewer => field ??= As(Guid.CreateVersion7());

    public HttpClient As(Guid id, bool strong = true, params string[] roles) =>
        world.Service.Client(world.Identity.Token(id, roles.Length > 0 ? roles : [Roles.Administrator], unit: "06658", strong: strong));

    /// <summary>Waits until the program's texts are in the table.</summary>
    public Task SeededAsync() => Eventually.Async(() => world.InDatabaseAsync(db => db.Templates.AnyAsync(t => t.Number != null)), "the program's texts in the table");

    public async Task<JsonElement> OpenAsync(string kind, object? content = null, string? note = null)
    {
        await SeededAsync();
        using var response = await Writer.PostAsJsonAsync($"{Path}/{kind}/drafts", new { content, note }, World.Ct);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(World.Ct);
    }

    /// <summary>The content of a draft with another title in Vietnamese.</summary>
    public static JsonNode Titled(JsonElement draft, string title)
    {
        var content = JsonNode.Parse(draft.GetProperty("content").GetRawText())!;
        content["vi"]!["inApp"]!["title"] = title;
        return content;
    }

    public async Task<JsonElement> PutAsync(JsonElement draft, JsonNode content) => await OkAsync(await Writer.PutAsJsonAsync($"{Path}/drafts/{Id(draft)}", new { content }, World.Ct));

    public static async Task<JsonElement> StepAsync(HttpClient who, JsonElement draft, string step, object? body = null) =>
        await OkAsync(await who.PostAsJsonAsync($"{Path}/drafts/{Id(draft)}/{step}", body ?? new { }, World.Ct));

    /// <summary>Writes, submits and approves; returns the number of the version.</summary>
    public async Task<int> PublishAsync(string kind, string title, DateTimeOffset? from = null)
    {
        var draft = await OpenAsync(kind);
        await PutAsync(draft, Titled(draft, title));
        await StepAsync(Writer, draft, "submit");
        return (await StepAsync(Reviewer, draft, "approve", new { validFrom = from })).GetProperty("version").GetInt32();
    }

    public static Guid Id(JsonElement draft) => draft.GetProperty("id").GetGuid();

    public static async Task<JsonElement> OkAsync(HttpResponseMessage response)
    {
        using (response)
        {
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(World.Ct));
            return await response.Content.ReadFromJsonAsync<JsonElement>(World.Ct);
        }
    }

    public void Dispose()
    {
        Writer.Dispose();
        Reviewer.Dispose();
    }
}
