using HaLong.Portal.Api;
using HaLong.Portal.Design;

namespace HaLong.Portal.Work;

/// <summary>Papers of a dossier and the forms that were issued for it, to be seen beside it or printed.</summary>
internal static class CaseFiles
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/{id:guid}/documents/{document:guid}", async (Guid id, Guid document, ApiClient api, HttpContext context, CancellationToken ct) =>
            InlineFile.Of(await api.FileAsync($"dossiers/{id}/documents/{document}", ct), context));
        group.MapGet("/{id:guid}/forms/{serial:int}", async (Guid id, int serial, ApiClient api, HttpContext context, CancellationToken ct) =>
            InlineFile.Of(await api.FileAsync($"dossiers/{id}/forms/{serial}", ct), context));
        group.MapGet("/{id:guid}/application-form.pdf", async (Guid id, ApiClient api, HttpContext context, CancellationToken ct) =>
            InlineFile.Of(await api.FileAsync($"dossiers/{id}/application-form", ct), context));
    }
}
