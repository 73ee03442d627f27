using System.Net;
using System.Net.Http.Headers;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Filing;
using HaLong.Portal.Find;
using HaLong.Portal.Session;
using HaLong.Portal.Work;

namespace HaLong.Portal.Counter;

/// <summary>A draft at the counter with its scans; once filed, what comes next.</summary>
/// <param name="Unmatched">Files whose names did not say which paper they are.</param>
public sealed record ScanModel(Case Case, string? Version, IReadOnlyList<Component> Components, IReadOnlyList<string> Unmatched, Trouble? Trouble, string Once)
{
    public bool IsDraft => Case.Status == "DRAFT";
}

/// <summary><c>/counter/filings/{id}</c>: a folder of scans is sent at once, each file to the paper that its name says; then the dossier is filed.</summary>
internal static class ScanPages
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/filings/{id:guid}", (Guid id, ApiClient api, HttpContext context, CancellationToken ct) => ShowAsync(id, [], null, StatusCodes.Status200OK, api, context, ct));
        // The gateway lets large forms through to /{area}/{id}/papers alone.
        group.MapPost("/{id:guid}/papers", AddAsync);
        group.MapGet("/{id:guid}/papers", (Guid id) => TypedResults.LocalRedirect($"/counter/filings/{id}"));
        group.MapPost("/filings/{id:guid}/scans/{document:guid}/removal", RemoveAsync);
        group.MapPost("/filings/{id:guid}/submission", FileAsync);
    }

    private static async Task<IResult> ShowAsync(Guid id, IReadOnlyList<string> unmatched, Trouble? trouble, int status, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var draft = await api.GetAsync<Case>($"dossiers/{id}", ct);
        if (WorkPages.Otherwise(draft.Status, context, $"/counter/filings/{id}") is { } otherwise)
            return otherwise;
        if (draft.Value is not { } dossier)
            return Pages.Of<NotNow>(draft.Trouble, (int)draft.Status);
        var procedure = await api.GetAsync<Procedure>("procedures/" + Uri.EscapeDataString(dossier.ProcedureCode), ct);
        return Pages.Of<ScanPage>(new ScanModel(dossier, draft.Version, procedure.Value?.Components ?? [], unmatched, trouble ?? procedure.Trouble, FormKey.New()), status);
    }

    private static async Task<IResult> AddAsync(Guid id, IFormCollection sent, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var draft = await api.GetAsync<Case>($"dossiers/{id}", ct);
        if (WorkPages.Otherwise(draft.Status, context, $"/counter/filings/{id}") is { } otherwise)
            return otherwise;
        var components = (await api.GetAsync<Procedure>("procedures/" + Uri.EscapeDataString(draft.Value?.ProcedureCode ?? "-"), ct)).Value?.Components ?? [];
        var rest = components.FirstOrDefault(c => sent["rest"] == $"{c.Number}")?.Number;
        var (unmatched, wrong) = (new List<string>(), new List<string>());
        Trouble? trouble = null;
        foreach (var file in sent.Files.Where(f => f.Length > 0 && ScanNames.IsScan(f.ContentType)).OrderBy(f => f.FileName, StringComparer.Ordinal))
        {
            var name = Path.GetFileName(file.FileName.Replace('\\', '/'));
            if ((ScanNames.ComponentOf(name, components) ?? rest) is not { } component)
            {
                unmatched.Add(name);
                continue;
            }

            using var content = new StreamContent(file.OpenReadStream());
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(file.ContentType);
            using var form = new MultipartFormDataContent { { new StringContent($"{component}"), "component" }, { content, "file", name } };
            var added = await api.SendAsync<DraftDocument>(HttpMethod.Post, $"dossiers/{id}/documents", form, FormKey.New(), null, ct);
            if (added.Status == HttpStatusCode.Unauthorized)
                return SignInNeeded.From(context, $"/counter/filings/{id}");
            if (added.Trouble is null)
                continue;
            trouble ??= added.Trouble;
            wrong.Add($"{name}: {added.Trouble.Title}");
        }

        if (trouble is null && unmatched.Count == 0)
            return Pages.Go($"/counter/filings/{id}");
        // All files that could not be taken are told at once.
        trouble = trouble is null ? null : trouble with { Errors = new Dictionary<string, string[]> { ["scans"] = [.. wrong] } };
        return await ShowAsync(id, unmatched, trouble, StatusCodes.Status400BadRequest, api, context, ct);
    }

    private static async Task<IResult> RemoveAsync(Guid id, Guid document, IFormCollection sent, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var removed = await api.SendAsync<object>(HttpMethod.Delete, $"dossiers/{id}/documents/{document}", (HttpContent?)null, FormKey.Of(sent["once"]), null, ct);
        // Removed already, by another tab or a second click, is what was wanted.
        return removed.IsSuccess || removed.Status == HttpStatusCode.NotFound
            ? Pages.Go($"/counter/filings/{id}") : await ShowAsync(id, [], removed.Trouble, (int)removed.Status, api, context, ct);
    }

    private static async Task<IResult> FileAsync(Guid id, IFormCollection sent, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var version = sent["version"].ToString() is { Length: > 0 } shown ? shown : null;
        var body = sent["confirm"] == "true" ? new { confirmDuplicate = true, duplicateReason = sent["reason"].ToString() } : null;
        // Filed once, however often the button is pressed.
        var filed = await api.PostAsync<MovedCase>($"dossiers/{id}/submission", body, $"file-{id}-{version?.Trim('"')}", version, ct);
        return filed switch
        {
            { Status: HttpStatusCode.Unauthorized } => SignInNeeded.From(context, $"/counter/filings/{id}"),
            { IsSuccess: true } => Pages.Go($"/counter/filings/{id}"),
            _ => await ShowAsync(id, [], WorkPages.Led(filed.Trouble, field => field.Replace("component", "c-", StringComparison.Ordinal)), (int)filed.Status, api, context, ct),
        };
    }
}
