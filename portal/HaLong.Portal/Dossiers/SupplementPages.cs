using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Filing;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Portal.Dossiers;

/// <summary><c>/dossiers/{id}/supplement</c>: every point that was asked for with its reason, a file or an answer for each, and all of it sent at once.</summary>
internal static class SupplementPages
{
    private const string Prefix = "component";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/{id:guid}/supplement", (Guid id, ApiClient api, HttpContext context, CancellationToken ct) =>
            ShowAsync(id, new Typed([], null, null), null, StatusCodes.Status200OK, api, context, ct));
        // The gateway lets large files through to addresses like this one.
        group.MapPost("/{id:guid}/papers", SendAsync);
        group.MapPost("/{id:guid}/supplement/reuse", ReuseAsync);
        group.MapPost("/{id:guid}/supplement/removal", RemoveAsync);
    }

    private static string PathOf(Guid id) => $"/dossiers/{id}/supplement";

    private static async Task<IResult> SendAsync(Guid id, IFormCollection sent, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (draft, form) = await ReadAsync(id, api, ct);
        var dossier = await api.GetAsync<Dossier>($"dossiers/{id}", ct);
        if (Instead.Of(dossier, context, PathOf(id)) is { } otherwise)
            return otherwise;
        if (draft is null || dossier.Value!.ToSupplement is not { } list)
            return Pages.Go($"/dossiers/{id}");
        var once = FormKey.Of(sent["once"]);
        var fields = sent.Where(f => f.Key.StartsWith('/')).ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
        var answer = SupplementForm.Answer(form, list.Items.SelectMany(i => SupplementForm.FieldsOf(form, i)), fields);
        var typed = new Typed(answer, sent["note"], once);
        var (version, trouble) = await UploadAsync(id, sent, once, api, ct);
        if (trouble is not null)
            return await ShowAsync(id, typed, trouble, StatusCodes.Status400BadRequest, api, context, ct);
        if (sent["do"] != "send")
            return answer.Count == 0 && typed.Note is not { Length: > 0 } ? Pages.Go(PathOf(id)) : await ShowAsync(id, typed with { Once = null }, null, StatusCodes.Status200OK, api, context, ct);
        var note = typed.Note?.Trim() is { Length: > 0 } words ? words : null;
        var done = await api.PostAsync<Dossier>(
            $"dossiers/{id}/supplement", new { data = answer.Count > 0 ? answer : null, note }, FormKey.Of(once, "send"), version ?? Sent(sent["version"]), ct);
        return Otherwise.SignIn(done, context, PathOf(id))
            ?? (done.IsSuccess ? Pages.Go($"/dossiers/{id}") : await ShowAsync(id, typed with { Once = null }, done.Trouble, (int)done.Status, api, context, ct));
    }

    /// <summary>Each file that was chosen; the version that the last one made, and what is wrong at which point.</summary>
    private static async Task<(string? Version, Trouble? Trouble)> UploadAsync(Guid id, IFormCollection sent, string once, ApiClient api, CancellationToken ct)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Trouble? first = null;
        string? version = null;
        foreach (var (file, number) in sent.Files.Where(f => f.Length > 0 && f.Name.StartsWith(Prefix, StringComparison.Ordinal)).Select((f, i) => (f, i)))
        {
            using var content = new StreamContent(file.OpenReadStream());
            content.Headers.ContentType = MediaTypeHeaderValue.TryParse(file.ContentType, out var type) ? type : new MediaTypeHeaderValue("application/octet-stream");
            using var form = new MultipartFormDataContent { { new StringContent(file.Name[Prefix.Length..]), "component" }, { content, "file", file.FileName } };
            var added = await api.SendAsync<Paper>(HttpMethod.Post, $"dossiers/{id}/documents", form, FormKey.Of(once, $"{file.Name} {number} {file.FileName} {file.Length}"), null, ct);
            version = added.Version ?? version;
            if (added.Trouble is not { } refused)
                continue;
            first ??= refused;
            var said = refused.Errors?.SelectMany(e => e.Value).ToList() is { Count: > 0 } all ? string.Join(" ", all) : refused.Title;
            errors[file.Name] = [.. errors.GetValueOrDefault(file.Name, []), $"{file.FileName}: {said}"];
        }

        return (version, first is null ? null : first with { Errors = errors });
    }

    private static async Task<IResult> ReuseAsync(
        Guid id, [FromForm] int component, [FromForm] Guid document, [FromForm] string? once, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var used = await api.PostAsync<Paper>($"dossiers/{id}/documents/reuse", new { component, documentId = document }, FormKey.Of(once, $"{component} {document}"), null, ct);
        return await AfterAsync(id, used, api, context, ct);
    }

    private static async Task<IResult> RemoveAsync(Guid id, [FromForm] Guid document, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var removed = await api.SendAsync<object>(HttpMethod.Delete, $"dossiers/{id}/documents/{document}", (HttpContent?)null, FormKey.New(), null, ct);
        // Removed already, by another tab or a second click, is what was wanted.
        return removed.Status == System.Net.HttpStatusCode.NotFound ? Pages.Go(PathOf(id)) : await AfterAsync(id, removed, api, context, ct);
    }

    private static async Task<IResult> AfterAsync<T>(Guid id, Answer<T> answer, ApiClient api, HttpContext context, CancellationToken ct) =>
        Otherwise.SignIn(answer, context, PathOf(id))
        ?? (answer.IsSuccess ? Pages.Go(PathOf(id)) : await ShowAsync(id, new Typed([], null, null), answer.Trouble, (int)answer.Status, api, context, ct));

    private static async Task<IResult> ShowAsync(Guid id, Typed typed, Trouble? trouble, int status, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var dossier = await api.GetAsync<Dossier>($"dossiers/{id}", ct);
        if (Instead.Of(dossier, context, PathOf(id)) is { } otherwise)
            return otherwise;
        // Completed already, by another tab or a second click: there it is.
        if (dossier.Value!.ToSupplement is not { } list)
            return Pages.Go($"/dossiers/{id}");
        var (draft, form) = await ReadAsync(id, api, ct);
        var offers = list.Items.Any(i => i.Component is not null) ? (await api.GetAsync<IReadOnlyList<ReuseOffer>>($"dossiers/{id}/documents/reusable", ct)).Value ?? [] : [];
        var points = list.Items.Select(item => PointOf(item, list, dossier.Value, form, typed.Answer, offers)).ToList();
        var units = points.Any(p => p.Fields.Any(f => f.Widget == "unit")) ? await FilingPages.UnitsAsync(api, ct) : [];
        var shown = new Draft(id, dossier.Value.Status, dossier.Value.ProcedureCode, dossier.Value.ProcedureName, dossier.Value.UnitName, "",
            SupplementForm.With(draft?.Data, typed.Answer), []);
        var section = new FormSection("supplement", new Both("", ""), [], null);
        var page = new FormPageModel(shown, dossier.Version, form, section, new Dictionary<string, string>(), null, units);
        return Pages.Of<Supplement>(new SupplementModel(dossier.Value, list, points, page, dossier.Version, FormKey.Of(typed.Once), typed.Note, trouble), status);
    }

    private static SupplementPoint PointOf(
        SupplementItem item, SupplementList list, Dossier dossier, FormDefinition form, JsonObject answer, IReadOnlyList<ReuseOffer> offers)
    {
        IReadOnlyList<Paper> added = item.Component is { } number
            ? [.. dossier.Documents.Where(d => d.Component == number && d.Kind == "component" && d.CreatedAt > list.RequestedAt)] : [];
        var fields = SupplementForm.FieldsOf(form, item);
        var isDone = item.Field is { } field ? FormData.At(answer, field) is not null : added.Count > 0;
        return new SupplementPoint(item, added, offers.FirstOrDefault(o => o.Component == item.Component)?.Documents ?? [], fields, isDone);
    }

    private static async Task<(Draft? Draft, FormDefinition Form)> ReadAsync(Guid id, ApiClient api, CancellationToken ct)
    {
        var draft = (await api.GetAsync<Draft>($"dossiers/{id}", ct)).Value;
        return (draft, draft is null ? SupplementForm.None : (await FormPages.FormAsync(draft, api, ct)).Form ?? SupplementForm.None);
    }

    private static string? Sent(string? value) => value is { Length: > 0 } ? value : null;

    /// <summary>What was typed and not sent on yet.</summary>
    private sealed record Typed(JsonObject Answer, string? Note, string? Once);
}
