using System.Net;
using System.Net.Http.Headers;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Find;
using HaLong.Portal.Session;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Portal.Filing;

/// <summary><c>/filing/{id}/papers</c>: files by camera or from the device; what is wrong with one is said at once.</summary>
internal static class PaperPages
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/{id:guid}/papers", ShowAsync);
        group.MapPost("/{id:guid}/papers", AddAsync);
        group.MapPost("/{id:guid}/papers/reuse", ReuseAsync);
        group.MapGet("/{id:guid}/papers/{document:guid}", ItemAsync);
        group.MapPost("/{id:guid}/papers/{document:guid}/removal", RemoveAsync);
        // Where the form was sent after the session had ended, the sign-in leads back with a GET.
        group.MapGet("/{id:guid}/papers/{document:guid}/removal", (Guid id) => TypedResults.LocalRedirect($"/filing/{id}/papers"));
    }

    private static async Task<IResult> ShowAsync(Guid id, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (draft, otherwise) = await FilingPages.DraftAsync(api, id, context, ct);
        return otherwise ?? await PageAsync(draft.Value!, null, api, ct);
    }

    private static async Task<IResult> AddAsync(Guid id, IFormCollection sent, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (draft, otherwise) = await FilingPages.DraftAsync(api, id, context, ct);
        if (otherwise is not null)
            return otherwise;
        Trouble? trouble = null;
        // Each paper has an input of its own; those that were left empty come without a name.
        foreach (var paper in sent.Files.Where(f => f.Length > 0 && f.Name.StartsWith("component-", StringComparison.Ordinal)).GroupBy(f => f.Name))
        {
            var photos = paper.Where(IsPhoto).ToList();
            foreach (var files in paper.Where(f => !IsPhoto(f)).Select(f => new List<IFormFile> { f }).Append(photos).Where(f => f.Count > 0))
            {
                var added = await SendAsync(id, paper.Key["component-".Length..], files, api, ct);
                if (added.Status == HttpStatusCode.Unauthorized)
                    return SignInNeeded.From(context, $"/filing/{id}/papers");
                trouble ??= added.Trouble is null ? null : added.Trouble with { Title = $"{files[0].FileName}: {added.Trouble.Title}" };
            }
        }

        return trouble is null ? Pages.Go(sent["do"] == "on" ? $"/filing/{id}/review" : $"/filing/{id}/papers") : await ShowAgainAsync(id, trouble, api, context, ct);
    }

    /// <summary>Photos become one PDF, page by page; what the camera wrote about place and device is gone then.</summary>
    private static async Task<Answer<DraftDocument>> SendAsync(Guid id, string component, IReadOnlyList<IFormFile> files, ApiClient api, CancellationToken ct)
    {
        using var form = new MultipartFormDataContent { { new StringContent(component), "component" } };
        if (files.All(IsPhoto))
            form.Add(new StringContent("true"), "join");
        foreach (var file in files)
        {
            var content = new StreamContent(file.OpenReadStream());
            content.Headers.ContentType = MediaTypeHeaderValue.TryParse(file.ContentType, out var type) ? type : new MediaTypeHeaderValue("application/octet-stream");
            form.Add(content, "file", file.FileName);
        }

        return await api.SendAsync<DraftDocument>(HttpMethod.Post, $"dossiers/{id}/documents", form, FormKey.New(), null, ct);
    }

    private static bool IsPhoto(IFormFile file) => file.ContentType?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>One paper as it stands on the page: for the script that has just sent it.</summary>
    private static async Task<IResult> ItemAsync(Guid id, Guid document, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (draft, otherwise) = await FilingPages.DraftAsync(api, id, context, ct);
        if (otherwise is not null)
            return otherwise;
        return draft.Value!.Documents.FirstOrDefault(d => d.Id == document) is { } found
            ? Pages.Of<PaperItem>(new PaperItemModel(id, found, FormKey.New())) : Pages.Of<NotFound>(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> RemoveAsync(Guid id, Guid document, IFormCollection sent, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var removed = await api.SendAsync<object>(HttpMethod.Delete, $"dossiers/{id}/documents/{document}", (HttpContent?)null, FormKey.New(), null, ct);
        // Removed already, by another tab or a second click, is what was wanted.
        return removed.IsSuccess || removed.Status == HttpStatusCode.NotFound
            ? Pages.Go($"/filing/{id}/papers") : await ShowAgainAsync(id, removed.Trouble, api, context, ct);
    }

    /// <summary>A paper of the own store instead of a file.</summary>
    private static async Task<IResult> ReuseAsync(
        Guid id, [FromForm] int component, [FromForm] Guid document, [FromForm] string? once, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var used = await api.PostAsync<DraftDocument>(
            $"dossiers/{id}/documents/reuse", new { component, documentId = document }, FormKey.Of(once, $"{component} {document}"), null, ct);
        if (used.Status == HttpStatusCode.Unauthorized)
            return SignInNeeded.From(context, $"/filing/{id}/papers");
        return used.IsSuccess ? Pages.Go($"/filing/{id}/papers") : await ShowAgainAsync(id, used.Trouble, api, context, ct);
    }

    private static async Task<IResult> ShowAgainAsync(Guid id, Trouble? trouble, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (draft, otherwise) = await FilingPages.DraftAsync(api, id, context, ct);
        return otherwise ?? await PageAsync(draft.Value!, trouble, api, ct);
    }

    private static async Task<IResult> PageAsync(Draft draft, Trouble? trouble, ApiClient api, CancellationToken ct)
    {
        var procedure = await api.GetAsync<Procedure>("procedures/" + Uri.EscapeDataString(draft.ProcedureCode), ct);
        var offers = await api.GetAsync<IReadOnlyList<Dossiers.ReuseOffer>>($"dossiers/{draft.Id}/documents/reusable", ct);
        return Pages.Of<Papers>(new PapersModel(draft, procedure.Value?.Components ?? [], offers.Value ?? [], trouble ?? procedure.Trouble), trouble is null ? 200 : 400);
    }
}
