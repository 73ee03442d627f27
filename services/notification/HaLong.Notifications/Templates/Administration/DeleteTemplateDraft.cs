using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Templates.Administration;

/// <summary>Gives a draft up, so that another can be begun.</summary>
internal static class DeleteTemplateDraft
{
    public static void MapDeleteTemplateDraft(this IEndpointRouteBuilder templates) => templates.MapDelete("/drafts/{id:guid}", HandleAsync)
        .WithName("deleteNoticeTemplateDraft")
        .WithSummary("Give a draft up")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed);

    private static async Task<IResult> HandleAsync(Guid id, HttpContext http, NotificationDbContext db, TemplateDesk desk, CancellationToken ct)
    {
        if (await desk.DraftAsync(id, ct) is not { } draft)
            return TemplateErrors.DraftNotFound.ToProblem();
        if (Etag.Check(http.Request, draft.Revision) is { } stale)
            return stale.ToProblem();
        // Who reviews gives it back first, with the reason.
        if (draft.State != TemplateState.Draft)
            return TemplateErrors.WrongState.Format("chờ duyệt", Words.Of(draft.State)).ToProblem();
        db.Remove(draft);
        desk.Record(draft, "given-up");
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
