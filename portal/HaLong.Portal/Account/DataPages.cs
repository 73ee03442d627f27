using System.Text.Json;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Portal.Account;

/// <summary>A request about one's own data.</summary>
/// <param name="Kind">access, correct, restrict, object or delete.</param>
/// <param name="State">received, acknowledged, inProgress, completed or refused.</param>
/// <param name="Export">There is a copy to download.</param>
public sealed record DataRequest(
    Guid Id, string Kind, string State, DateTimeOffset ReceivedAt, DateTimeOffset? AcknowledgeBy, DateTimeOffset CompleteBy, DateTimeOffset? DecidedAt, string? Reason,
    string? LegalBasis, JsonElement? Outcome, string? Export)
{
    /// <summary>What was done and what stays, in words.</summary>
    public IEnumerable<string> Words => Outcome is { ValueKind: JsonValueKind.Object } outcome
        ? new[] { "done", "kept" }.Where(part => outcome.TryGetProperty(part, out var list) && list.ValueKind == JsonValueKind.Array)
            .SelectMany(part => outcome.GetProperty(part).EnumerateArray()).Select(i => i.GetProperty(ServiceDefaults.Text.Bilingual("vi", "en")).GetString()).OfType<string>()
        : [];
}

/// <summary>Own requests, with one that is being written.</summary>
public sealed record DataModel(Listed<DataRequest> Page, string Once, DataDraft Typed, Trouble? Trouble);

public sealed record DataDraft(string? Kind, string? Note, string? DisplayName, string? BirthDate);

/// <summary><c>/me/data</c>: a copy of one's data, corrections, restriction, objection, deletion; with the limits of the law and what became of each.</summary>
internal static class DataPages
{
    private const string Path = "/me/data";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/data", (string? after, ApiClient api, HttpContext context, CancellationToken ct) =>
            ShowAsync(after, new DataDraft(null, null, null, null), null, StatusCodes.Status200OK, api, context, ct));
        group.MapPost("/data", AskAsync);
        group.MapPost("/data/restriction/end", EndRestrictionAsync);
        group.MapGet("/data/{id:guid}/copy.json", (Guid id, ApiClient api, HttpContext context) => Instead.FileAsync(api, $"me/data-requests/{id}/export", context, Path));
        group.MapGet("/data/{id:guid}/copy.pdf", (Guid id, ApiClient api, HttpContext context) => Instead.FileAsync(api, $"me/data-requests/{id}/export.pdf", context, Path));
    }

    private static async Task<IResult> ShowAsync(string? after, DataDraft typed, Trouble? trouble, int status, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var page = await api.GetAsync<Listed<DataRequest>>(Query.Of("me/data-requests", ("limit", "20"), ("after", after)), ct);
        return Instead.Of(page, context, Path) ?? Pages.Of<ShowData>(new DataModel(page.Value!, FormKey.New(), typed, trouble), status);
    }

    private static async Task<IResult> AskAsync(
        [FromForm] string? kind, [FromForm] string? note, [FromForm] string? displayName, [FromForm] string? birthDate, [FromForm] string? once, ApiClient api, HttpContext context,
        CancellationToken ct)
    {
        var (name, born) = (string.IsNullOrWhiteSpace(displayName) ? null : displayName, string.IsNullOrWhiteSpace(birthDate) ? null : birthDate);
        var changes = kind == "correct" && (name ?? born) is not null ? new { displayName = name, birthDate = born } : null;
        var asked = await api.PostAsync<DataRequest>("me/data-requests", new { kind, note = string.IsNullOrWhiteSpace(note) ? null : note, changes }, FormKey.Of(once), null, ct);
        return Otherwise.SignIn(asked, context, Path)
            ?? (asked.IsSuccess ? Pages.Go(Path) : await ShowAsync(null, new DataDraft(kind, note, displayName, birthDate), asked.Trouble, (int)asked.Status, api, context, ct));
    }

    private static async Task<IResult> EndRestrictionAsync(ApiClient api, HttpContext context, CancellationToken ct)
    {
        var ended = await api.SendAsync<object>(HttpMethod.Delete, "me/restriction", (HttpContent?)null, null, null, ct);
        return Otherwise.SignIn(ended, context, Path)
            ?? (ended.IsSuccess ? Pages.Go(Path) : await ShowAsync(null, new DataDraft(null, null, null, null), ended.Trouble, (int)ended.Status, api, context, ct));
    }
}
