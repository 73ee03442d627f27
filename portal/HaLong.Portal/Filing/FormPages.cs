using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Session;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Filing;

/// <summary><c>/filing/{id}/form/{section}</c>: a part of the form on each page, saved when it is sent.</summary>
internal static class FormPages
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/{id:guid}/form", (Guid id) => TypedResults.LocalRedirect($"/filing/{id}/form/1"));
        group.MapGet("/{id:guid}/form/{number:int:min(1)}", ShowAsync);
        group.MapPost("/{id:guid}/form/{number:int:min(1)}", SaveAsync);
        AutosavePages.Map(group);
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
        var section = visible[number - 1];
        var change = FormData.Change(form, FormData.Touched(section, sent), Fields(sent));
        // Against what this page showed: what another tab changed in other fields meanwhile stays.
        var saved = change.Count == 0 ? draft
            : await api.PatchAsync<Draft>($"dossiers/{id}?merge=true", new { data = change }, sent["version"].ToString() is { Length: > 0 } v ? v : draft.Version, ct);
        if (saved.Status == HttpStatusCode.Unauthorized)
            return SignInNeeded.From(context, $"/filing/{id}/form/{number}");
        if (!saved.IsSuccess)
        {
            var typed = draft.Value! with { Data = Merged(draft.Value!.Data ?? [], change) };
            FieldNote[] theirs = [.. AutosavePages.Of(saved.Trouble!.Conflicts ?? [], form).Select(c => new FieldNote("/data" + c.Name, "conflict", Elsewhere(c)))];
            return await PageAsync(draft with { Value = typed, Status = saved.Status }, form, number, [.. notes, .. theirs], saved.Trouble, api, ct);
        }

        // An answer may bring questions into this part that the page did not ask.
        var asked = int.TryParse(sent["asked"], out var shown) ? shown : Shown(section, draft.Value!).Count;
        var more = sent["do"] == "more" || Shown(section, saved.Value!).Count > asked;
        return Pages.Go(more ? $"/filing/{id}/form/{number}" : number < Visible(form, saved.Value!).Count ? $"/filing/{id}/form/{number + 1}" : $"/filing/{id}/papers");
    }

    /// <summary>What was sent of the form: its fields are named by pointers.</summary>
    public static IReadOnlyDictionary<string, string> Fields(IFormCollection sent) =>
        sent.Where(f => f.Key.StartsWith('/')).ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);

    /// <summary>The form of a draft with what to do at which field; null where there is none.</summary>
    public static async Task<(FormDefinition? Form, IReadOnlyList<FieldNote> Notes)> FormAsync(Draft draft, ApiClient api, CancellationToken ct)
    {
        const string root = "/api/v1/";
        if ((await api.GetAsync<DraftForm>($"dossiers/{draft.Id}/form", ct)).Value is not { FormUrl: { } url } bound || !url.StartsWith(root, StringComparison.Ordinal))
            return (null, []);
        return ((await api.GetAsync<FormAnswer>(url[root.Length..], ct)).Value?.Definition, bound.Warnings);
    }

    public static IReadOnlyList<FormSection> Visible(FormDefinition form, Draft draft) => [.. form.Sections.Where(s => s.When is null || s.When.Holds(draft.Data ?? []))];

    /// <summary>What a part asks, as the answers stand.</summary>
    public static IReadOnlyList<FormField> Shown(FormSection section, Draft draft) => [.. section.Fields.Where(f => f.When is null || f.When.Holds(draft.Data ?? []))];

    private static string Elsewhere(CollidingField field) => field.Theirs is { Length: > 0 } theirs
        ? Text.Bilingual($"Nơi khác vừa sửa thành “{theirs}”. Bấm lưu để giữ nội dung của bạn.", $"Changed elsewhere to “{theirs}” meanwhile. Save to keep yours.")
        : Text.Bilingual("Nơi khác cũng vừa sửa mục này. Bấm lưu để giữ nội dung của bạn.", "Changed elsewhere meanwhile, too. Save to keep yours.");

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
        return Pages.Of<FormPage>(new FormPageModel(draft.Value!, draft.Version, form, section, said, trouble, units), (int)draft.Status);
    }

    private static System.Text.Json.Nodes.JsonObject Merged(System.Text.Json.Nodes.JsonObject data, System.Text.Json.Nodes.JsonObject change)
    {
        var merged = data.DeepClone().AsObject();
        foreach (var (name, value) in change)
            merged[name] = value is System.Text.Json.Nodes.JsonObject inner && merged[name] is System.Text.Json.Nodes.JsonObject old ? Merged(old, inner) : value?.DeepClone();
        return merged;
    }
}
