using System.Globalization;
using System.Net;
using HaLong.Portal.Api;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaLong.Portal.Filing;

/// <summary>How saving went, for the script that saves while somebody types.</summary>
/// <param name="Version">Of the draft now: what the next change is made against.</param>
/// <param name="At">When, local.</param>
/// <param name="Asked">How many questions the part asks now.</param>
/// <param name="Fields">What stands in the part's fields; others may have changed some.</param>
internal sealed record Saved(string? Version, string At, int Asked, IReadOnlyDictionary<string, string> Fields);

/// <summary>Two changed the same fields.</summary>
/// <param name="Version">Against which the choice is saved.</param>
internal sealed record Collision(string? Version, IReadOnlyList<CollidingField> Conflicts);

/// <param name="Name">Of the input.</param>
/// <param name="Label">Of the question.</param>
/// <param name="Theirs">What stands there now; null for what cannot be shown in an input.</param>
internal sealed record CollidingField(string Name, string Label, string? Theirs);

/// <summary><c>/filing/{id}/form/{section}/saved</c>: saves the fields that were touched; answers with JSON.</summary>
internal static class AutosavePages
{
    private const string Data = "/data";

    public static void Map(RouteGroupBuilder group) => group.MapPost("/{id:guid}/form/{number:int:min(1)}/saved", SaveAsync);

    private static async Task<IResult> SaveAsync(Guid id, int number, IFormCollection sent, ApiClient api, TimeProvider time, CancellationToken ct)
    {
        var draft = await api.GetAsync<Draft>($"dossiers/{id}", ct);
        if (draft.Value is null)
            return Refused(draft.Status, draft.Trouble);
        if (!draft.Value.IsOpen)
            return Refused(HttpStatusCode.Conflict, new Trouble(Text.Bilingual("Hồ sơ này đã được nộp.", "This dossier has been filed."), null, null, null));
        var (form, _) = await FormPages.FormAsync(draft.Value, api, ct);
        if (form is null || FormPages.Visible(form, draft.Value) is not { } visible || number > visible.Count)
            return Refused(HttpStatusCode.NotFound, null);
        var section = visible[number - 1];
        var change = FormData.Change(form, FormData.Touched(section, sent), FormPages.Fields(sent));
        var saved = change.Count == 0 ? draft
            : await api.PatchAsync<Draft>($"dossiers/{id}?merge=true", new { data = change }, sent["version"].ToString() is { Length: > 0 } v ? v : draft.Version, ct);
        if (saved.Status == HttpStatusCode.PreconditionFailed && saved.Trouble?.Conflicts is { Count: > 0 } conflicts)
            return TypedResults.Json(new Collision(draft.Version, Of(conflicts, form)), statusCode: StatusCodes.Status412PreconditionFailed);
        if (saved.Value is null)
            return Refused(saved.Status, saved.Trouble);
        var at = TimeZoneInfo.ConvertTime(time.GetUtcNow(), LocalTime.Zone).ToString("HH:mm", CultureInfo.InvariantCulture);
        var asked = FormPages.Shown(section, saved.Value);
        return TypedResults.Json(new Saved(saved.Version, at, asked.Count, asked.Where(f => f.Widget != "list").ToDictionary(
            f => f.Field, f => FormData.Shown(saved.Value.Data, f.Field), StringComparer.Ordinal)));
    }

    /// <summary>The fields that two changed, as they are called on the page.</summary>
    public static IReadOnlyList<CollidingField> Of(IReadOnlyList<FieldConflict> conflicts, FormDefinition form) =>
    [
        .. conflicts.Where(c => c.Pointer.StartsWith(Data, StringComparison.Ordinal)).Select(c => (Name: c.Pointer[Data.Length..], c.Theirs)).Select(c =>
        {
            var field = form.Sections.SelectMany(s => s.Fields).FirstOrDefault(f => f.Field == c.Name);
            return new CollidingField(c.Name, field?.Label.ToString() ?? c.Name, field?.Widget == "list" ? null : FormData.Shown(c.Theirs, ""));
        }),
    ];

    private static JsonHttpResult<Refusal> Refused(HttpStatusCode status, Trouble? trouble) => TypedResults.Json(new Refusal(trouble?.Title), statusCode: (int)status);

    private sealed record Refusal(string? Title);
}
