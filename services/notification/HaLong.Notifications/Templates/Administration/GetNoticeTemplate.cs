using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Templates.Administration;

/// <summary>One version or draft with its texts.</summary>
internal static class GetNoticeTemplate
{
    public static void MapGetNoticeTemplate(this IEndpointRouteBuilder templates)
    {
        templates.MapGet("/{kind}/versions/{number:int}", VersionAsync)
            .WithName("getNoticeTemplateVersion")
            .WithSummary("A version with its texts")
            .Produces<VersionView>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        templates.MapGet("/drafts/{id:guid}", DraftAsync)
            .WithName("getNoticeTemplateDraft")
            .WithSummary("A draft with its texts and all that is wrong with them")
            .Produces<DraftView>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> VersionAsync(string kind, int number, HttpContext http, NotificationDbContext db, CancellationToken ct)
    {
        if (await db.Templates.AsNoTracking().SingleOrDefaultAsync(t => t.Kind == kind && t.Number == number, ct) is not { } version)
            return TemplateErrors.VersionNotFound.ToProblem();
        Etag.Set(http.Response, version.Revision);
        return TypedResults.Ok(VersionView.Of(version));
    }

    private static async Task<IResult> DraftAsync(Guid id, HttpContext http, TemplateDesk desk, CancellationToken ct)
    {
        if (await desk.DraftAsync(id, ct) is not { } draft)
            return TemplateErrors.DraftNotFound.ToProblem();
        Etag.Set(http.Response, draft.Revision);
        return TypedResults.Ok(desk.View(draft));
    }
}
