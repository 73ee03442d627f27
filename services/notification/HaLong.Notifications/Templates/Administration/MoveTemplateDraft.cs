using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Templates.Administration;

/// <summary>The steps of a draft: to review, back, into force by somebody who wrote none of it.</summary>
internal static class MoveTemplateDraft
{
    /// <param name="Reason">Why.</param>
    internal sealed record Why(string? Reason);

    /// <param name="ValidFrom">In force from then on; absent for at once.</param>
    internal sealed record Approval(DateTimeOffset? ValidFrom);

    public static void MapMoveTemplateDraft(this IEndpointRouteBuilder templates)
    {
        templates.MapPost("/drafts/{id:guid}/submit", SubmitAsync)
            .WithName("submitNoticeTemplateDraft")
            .WithSummary("Send a draft to review; refused with everything that is wrong with it")
            .Changes<DraftView>();
        templates.MapPost("/drafts/{id:guid}/return", ReturnAsync)
            .WithName("returnNoticeTemplateDraft")
            .WithSummary("Give a draft back to its editors, with the reason")
            .Changes<DraftView>();
        templates.MapPost("/drafts/{id:guid}/approve", ApproveAsync)
            .WithName("approveNoticeTemplateDraft")
            .WithSummary("Publish a draft that somebody else wrote")
            .WithDescription("Needs a strong sign-in. Every replica writes from it within 5 s of its date. A message keeps the version it was written from.")
            .Changes<DraftView>()
            .RequireStrong();
    }

    private static Task<IResult> SubmitAsync(
        Guid id, HttpContext http, NotificationDbContext db, TemplateDesk desk, TimeProvider clock, CancellationToken ct) =>
        desk.StepAsync(id, "submitted", http, async draft =>
        {
            var moved = draft.Submit(clock.GetUtcNow());
            if (!moved.IsSuccess)
                return moved;
            if (desk.Refusal(draft) is { } defects)
                return defects;
            var latest = await db.Templates.Where(t => t.Kind == draft.Kind && t.Number != null)
                .OrderByDescending(t => t.Number).Select(t => t.ContentHash).FirstOrDefaultAsync(ct);
            return latest == draft.ContentHash ? TemplateErrors.NothingChanged : moved;
        }, ct);

    private static Task<IResult> ReturnAsync(Guid id, Why? why, HttpContext http, TemplateDesk desk, TimeProvider clock, CancellationToken ct) =>
        desk.StepAsync(id, "returned", http, draft =>
        {
            var reason = TemplateDesk.Reason(why?.Reason);
            return Task.FromResult(reason.IsSuccess ? draft.Return(reason.Value, clock.GetUtcNow()) : reason.Error);
        }, ct);

    private static Task<IResult> ApproveAsync(
        Guid id, Approval? approval, HttpContext http, Caller caller, TemplateDesk desk, TimeProvider clock, CancellationToken ct) =>
        desk.StepAsync(id, "published", http, async draft =>
        {
            var now = clock.GetUtcNow();
            var latest = await desk.LatestAsync(draft.Kind, ct);
            var published = draft.Publish(caller.ActorId, latest, approval?.ValidFrom?.ToUniversalTime() ?? now, now);
            // The rules may have grown since the draft was submitted.
            return published.IsSuccess && desk.Refusal(draft) is { } defects ? defects : published;
        }, ct);
}
