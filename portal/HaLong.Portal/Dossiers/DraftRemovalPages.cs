using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Portal.Dossiers;

/// <summary>A draft that is to go.</summary>
public sealed record DraftRemovalModel(Dossier Dossier, string? Version, Trouble? Trouble);

/// <summary><c>/dossiers/{id}/removal</c>: a draft is deleted after a question.</summary>
internal static class DraftRemovalPages
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/{id:guid}/removal", (Guid id, ApiClient api, HttpContext context, CancellationToken ct) => ShowAsync(id, null, StatusCodes.Status200OK, api, context, ct));
        group.MapPost("/{id:guid}/removal", RemoveAsync);
    }

    private static async Task<IResult> ShowAsync(Guid id, Trouble? trouble, int status, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var draft = await api.GetAsync<Dossier>($"dossiers/{id}", ct);
        return Instead.Of(draft, context, $"/dossiers/{id}/removal")
            ?? (draft.Value!.IsDraft ? Pages.Of<RemoveDraft>(new DraftRemovalModel(draft.Value, draft.Version, trouble), status) : Pages.Go($"/dossiers/{id}"));
    }

    private static async Task<IResult> RemoveAsync(Guid id, [FromForm] string? version, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var removed = await api.SendAsync<object>(HttpMethod.Delete, $"dossiers/{id}", (HttpContent?)null, null, version, ct);
        // Deleted already, by another tab or a second click, is what was wanted.
        return Otherwise.SignIn(removed, context, $"/dossiers/{id}/removal")
            ?? (removed.IsSuccess || removed.Status == HttpStatusCode.NotFound ? Pages.Go("/dossiers") : await ShowAsync(id, removed.Trouble, (int)removed.Status, api, context, ct));
    }
}
