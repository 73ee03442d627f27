using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Drafts;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.Net.Http.Headers;

namespace HaLong.Dossiers.Features;

/// <summary>
/// Changes the subject or the form data of a draft by a JSON merge patch, and keeps the revision. A patch of an old revision is answered field by field,
/// or merged when asked for and nobody else changed the same fields.
/// </summary>
internal sealed class EditDossier(DraftWriter writer, DraftHistory history)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapPatch("/{id:guid}", (Guid id, bool? merge, JsonElement patch, EditDossier handler, HttpContext http, CancellationToken ct) =>
            handler.HandleAsync(id, merge ?? false, patch, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Filing)
        .Accepts<JsonElement>("application/merge-patch+json", "application/json")
        .WithSummary("Change a draft by a JSON merge patch of subject and data; merge=true merges into a newer revision")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422, 503);

    private async Task<IResult> HandleAsync(Guid id, bool merge, JsonElement patch, HttpContext http, CancellationToken ct)
    {
        var taken = await writer.HoldAsync(id, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        await using var held = taken.Value;
        if (DraftRules.CheckPatch(patch) is { } refused)
            return refused.ToProblem();
        patch = DraftRules.Normal(patch);
        var current = DraftDocument.Of(held.Dossier);
        var after = Etag.Check(http.Request, held.Dossier.Version) is null ? ThreeWay.Apply(current, patch) : null;
        if (after is null)
        {
            var common = await CommonAsync(id, http.Request, ct);
            var comparison = ThreeWay.Of(common, patch, current);
            if (!merge || comparison.Conflicts.Count > 0)
                return ConflictProblem.Of(comparison, common is not null, held.Dossier.Version);
            after = ThreeWay.Apply(current, comparison.Mine);
        }

        return DraftRules.CheckDocument(after) is { } error ? error.ToProblem() : await writer.SaveAsync(held, current, after, null, http, ct);
    }

    /// <summary>The state that the caller has changed: that of the first revision in If-Match which is still known.</summary>
    private async Task<JsonObject?> CommonAsync(Guid id, HttpRequest request, CancellationToken ct)
    {
        if (!EntityTagHeaderValue.TryParseList(request.Headers.IfMatch, out var tags))
            return null;
        foreach (var tag in tags.Take(5))
        {
            if (uint.TryParse(tag.Tag.AsSpan().Trim('"'), out var version) && await history.AtVersionAsync(id, version, ct) is { } state)
                return state;
        }

        return null;
    }
}
