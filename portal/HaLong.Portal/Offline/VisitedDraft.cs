using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Portal.Api;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Offline;

/// <summary>A draft of a device.</summary>
internal sealed record DeviceDraft(string? Code, string? Unit, string? Subject, JsonElement? Data, string? Once);

/// <param name="Data">A merge patch of the form's data.</param>
/// <param name="Version">What the device knows.</param>
internal sealed record DeviceChange(JsonElement Data, string? Version);

/// <summary><c>/helping/visits/draft</c>: what was filled in at home becomes a draft of the citizen's, in the citizen's name.</summary>
internal static class VisitedDraft
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("", OpenAsync);
        group.MapMethods("/{id:guid}", [HttpMethods.Patch], ChangeAsync);
        group.MapGet("/{id:guid}/duplicates", async (Guid id, ApiClient api, CancellationToken ct) =>
            VisitsApi.Said(await api.GetAsync<JsonNode>($"dossiers/{id}/duplicates", ct)));
        group.MapPost("/{id:guid}/photos", (Guid id, IFormFile file, IFormCollection sent, ApiClient api, CancellationToken ct) =>
            VisitsApi.Key(sent["once"]) is { } once
                ? UploadAsync($"dossiers/{id}/documents", "file", file, sent["component"], once, api, ct)
                : Task.FromResult(CommonErrors.BadRequest.ToProblem()));
    }

    private static async Task<IResult> OpenAsync(DeviceDraft draft, ApiClient api, CancellationToken ct) => VisitsApi.Key(draft.Once) is not { } key
        ? CommonErrors.BadRequest.ToProblem()
        : VisitsApi.Said(await api.PostAsync<OpenedDraft>(
            "dossiers", new { procedureCode = draft.Code, place = new { unitCode = draft.Unit }, subject = draft.Subject, data = draft.Data }, key, null, ct));

    private static async Task<IResult> ChangeAsync(Guid id, DeviceChange change, ApiClient api, CancellationToken ct)
    {
        var saved = await api.PatchAsync<OpenedDraft>($"dossiers/{id}?merge=true", new { data = change.Data }, change.Version, ct);
        // Whoever has to choose field by field needs to know against what.
        return saved.Status == HttpStatusCode.PreconditionFailed
            ? VisitsApi.Said(saved, (await api.GetAsync<OpenedDraft>($"dossiers/{id}", ct)).Version)
            : VisitsApi.Said(saved);
    }

    /// <summary>A file of the device, sent on under a name that says nothing.</summary>
    public static async Task<IResult> UploadAsync(string path, string part, IFormFile file, string? component, string? once, ApiClient api, CancellationToken ct)
    {
        using var content = new StreamContent(file.OpenReadStream());
        content.Headers.ContentType = MediaTypeHeaderValue.TryParse(file.ContentType, out var type) ? type : new MediaTypeHeaderValue("application/octet-stream");
        using var form = new MultipartFormDataContent();
        if (component is not null)
            form.Add(new StringContent(component), "component");
        form.Add(content, part, component is null ? part : file.FileName);
        return VisitsApi.Said(await api.SendAsync<JsonNode>(HttpMethod.Post, path, form, once, null, ct));
    }
}

/// <summary>What the device needs to know of a draft that was opened.</summary>
internal sealed record OpenedDraft(Guid Id, string Status);
