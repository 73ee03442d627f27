using HaLong.Portal.Api;
using HaLong.Portal.Design;

namespace HaLong.Portal.Filing;

/// <summary><c>/filing/{id}/form/{section}</c>: a part of the form on each page, saved when it is sent.</summary>
internal static class FormPages
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/{id:guid}/form", (Guid id) => TypedResults.LocalRedirect($"/filing/{id}/form/1"));
        group.MapGet("/{id:guid}/form/{number:int:min(1)}", ShowAsync);
        group.MapPost("/{id:guid}/form/{number:int:min(1)}", SaveAsync);
    }

    private static async Task<IResult> ShowAsync(Guid id, int number, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (draft, otherwise) = await FilingPages.DraftAsync(api, id, context, ct);
        if (otherwise is not null)
            return otherwise;
        var (form, notes) = await FormAsync(draft.Value!, api, ct);
        return form is null ? Pages.Go($"/filing/{id}/papers") : await PageAsync(draft, form, number, notes, null, api, ct);
    }

    private static async Task<IResult> SaveAsync(Guid id, int number, IFormCollection sent, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (draft, otherwise) = await FilingPages.DraftAsync(api, id, context, ct);
        if (otherwise is not null)
            return otherwise;
        var (form, notes) = await FormAsync(draft.Value!, api, ct);
        if (form is null)
            return Pages.Go($"/filing/{id}/papers");
        var visible = Visible(form, draft.Value!);
        if (number > visible.Count)
            return Pages.Go($"/filing/{id}/papers");
        var fields = sent.Where(f => f.Key.StartsWith('/')).ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
        var change = FormData.Change(form, visible[number - 1], fields);
        // Against what this page showed: what another tab changed in other fields meanwhile stays.
        var saved = await api.PatchAsync<Draft>($"dossiers/{id}?merge=true", new { data = change }, sent["version"].ToString() is { Length: > 0 } v ? v : draft.Version, ct);
        if (!saved.IsSuccess)
        {
            var typed = draft.Value! with { Data = Merged(draft.Value!.Data ?? [], change) };
            return await PageAsync(draft with { Value = typed }, form, number, notes, saved.Trouble, api, ct);
        }

        // An answer may bring questions into this part that were not there before.
        var more = sent["do"] == "more" || Asked(visible[number - 1], saved.Value!) > Asked(visible[number - 1], draft.Value!);
        return Pages.Go(more ? $"/filing/{id}/form/{number}" : number < Visible(form, saved.Value!).Count ? $"/filing/{id}/form/{number + 1}" : $"/filing/{id}/papers");
    }

    /// <summary>The form of a draft with what to do at which field; null where there is none.</summary>
    public static async Task<(FormDefinition? Form, IReadOnlyList<FieldNote> Notes)> FormAsync(Draft draft, ApiClient api, CancellationToken ct)
    {
        const string root = "/api/v1/";
        if ((await api.GetAsync<DraftForm>($"dossiers/{draft.Id}/form", ct)).Value is not { FormUrl: { } url } bound || !url.StartsWith(root, StringComparison.Ordinal))
            return (null, []);
        return ((await api.GetAsync<FormAnswer>(url[root.Length..], ct)).Value?.Definition, bound.Warnings);
    }

    public static IReadOnlyList<FormSection> Visible(FormDefinition form, Draft draft) => [.. form.Sections.Where(s => s.When is null || s.When.Holds(draft.Data ?? []))];

    private static int Asked(FormSection section, Draft draft) => section.Fields.Count(f => f.When is null || f.When.Holds(draft.Data ?? []));

    private static async Task<IResult> PageAsync(
        Answer<Draft> draft, FormDefinition form, int number, IReadOnlyList<FieldNote> notes, Trouble? trouble, ApiClient api, CancellationToken ct)
    {
        var visible = Visible(form, draft.Value!);
        if (number > visible.Count)
            return Pages.Go($"/filing/{draft.Value!.Id}/papers");
        var section = visible[number - 1];
        var units = section.Fields.Any(f => f.Widget == "unit" || f.Item?.Any(i => i.Widget == "unit") == true) ? await FilingPages.UnitsAsync(api, ct) : [];
        // What is missing is said before filing, not while somebody is still typing.
        var said = notes.Where(n => n.Kind != "missing" && n.Pointer.StartsWith("/data/", StringComparison.Ordinal))
            .GroupBy(n => n.Pointer["/data".Length..], StringComparer.Ordinal).ToDictionary(g => g.Key, g => string.Join(" ", g.Select(n => n.Message)), StringComparer.Ordinal);
        return Pages.Of<FormPage>(new FormPageModel(draft.Value!, draft.Version, form, section, said, trouble, units), trouble is null ? 200 : 400);
    }

    private static System.Text.Json.Nodes.JsonObject Merged(System.Text.Json.Nodes.JsonObject data, System.Text.Json.Nodes.JsonObject change)
    {
        var merged = data.DeepClone().AsObject();
        foreach (var (name, value) in change)
            merged[name] = value is System.Text.Json.Nodes.JsonObject inner && merged[name] is System.Text.Json.Nodes.JsonObject old ? Merged(old, inner) : value?.DeepClone();
        return merged;
    }
}
