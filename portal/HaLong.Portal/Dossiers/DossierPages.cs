using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Session;

namespace HaLong.Portal.Dossiers;

/// <summary><c>/dossiers/{id}</c>: where a dossier is, who has it, until when and why, and what it has brought.</summary>
internal static class DossierPages
{
    public static void MapDossiers(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/dossiers").RequireAuthorization(SessionSetup.SignedIn);
        group.MapGet("", DossierList.GetAsync);
        group.MapGet("/{id:guid}", ShowAsync);
        group.MapGet("/{id:guid}/documents/{document:guid}", (Guid id, Guid document, ApiClient api, HttpContext context) =>
            Instead.FileAsync(api, $"dossiers/{id}/documents/{document}", context, $"/dossiers/{id}"));
        group.MapGet("/{id:guid}/receipt.pdf", (Guid id, ApiClient api, HttpContext context) =>
            Instead.FileAsync(api, $"dossiers/{id}/receipt", context, $"/dossiers/{id}"));
        group.MapGet("/{id:guid}/forms/{serial:int}", (Guid id, int serial, ApiClient api, HttpContext context) =>
            Instead.FileAsync(api, $"dossiers/{id}/forms/{serial}", context, $"/dossiers/{id}"));
        WithdrawalPages.Map(group);
        DraftRemovalPages.Map(group);
        SupplementPages.Map(group);
        app.MapGet("/documents", DocumentPages.GetAsync).RequireAuthorization(SessionSetup.SignedIn);
    }

    private static async Task<IResult> ShowAsync(Guid id, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (dossier, timeline, deadline) = (
            api.GetAsync<Dossier>($"dossiers/{id}", ct), api.GetAsync<IReadOnlyList<TimelineStep>>($"dossiers/{id}/timeline", ct),
            api.GetAsync<Deadline>($"dossiers/{id}/deadline", ct));
        var (waits, forms, notices) = (
            api.GetAsync<Waits>($"dossiers/{id}/waits", ct), api.GetAsync<IReadOnlyList<IssuedForm>>($"dossiers/{id}/forms", ct),
            api.GetAsync<Listed<Notice>>($"dossiers/{id}/notices?limit=100", ct));
        var answer = await dossier;
        var model = new DossierModel(
            answer, (await timeline).Value ?? [], (await deadline).Value, (await waits).Value?.Warnings ?? [], (await forms).Value ?? [], (await notices).Value?.Items ?? []);
        return Instead.Of(answer, context) ?? Pages.Of<ShowDossier>(model);
    }
}
