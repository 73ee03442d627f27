using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Templates.Administration;

/// <summary>Replaces the texts of a draft. Who does so is one of its editors from then on.</summary>
internal static class EditTemplateDraft
{
    /// <param name="Content">All texts; may be incomplete until the review.</param>
    /// <param name="BasedOn">The version that it now builds on; absent to leave that as it is.</param>
    /// <param name="Note">What changes and why.</param>
    internal sealed record Request(TemplateInput? Content, int? BasedOn, string? Note);

    public static void MapEditTemplateDraft(this IEndpointRouteBuilder templates) => templates.MapPut("/drafts/{id:guid}", HandleAsync)
        .WithName("editNoticeTemplateDraft")
        .WithSummary("Replace the texts and the note of a draft")
        .WithDescription("Send If-Match to be safe against another editor. What is wrong with the texts is told with the draft.")
        .Changes<DraftView>();

    private static Task<IResult> HandleAsync(
        Guid id, Request request, HttpContext http, Caller caller, NotificationDbContext db, TemplateDesk desk, TimeProvider clock, CancellationToken ct) =>
        desk.StepAsync(id, "edited", http, async draft =>
        {
            if (request.Content is not { } content)
                return TemplateErrors.InvalidDraft.WithField("content", "Còn thiếu.", "Missing.");
            if (TemplateDesk.NoteRefusal(request.Note) is { } wrong)
                return wrong;
            if (request.BasedOn is { } number && !await db.Templates.AnyAsync(t => t.Kind == draft.Kind && t.Number == number, ct))
                return TemplateErrors.VersionNotFound;
            var text = TemplateDesk.Text(content);
            return text.IsSuccess ? draft.Edit(text.Value, request.BasedOn, request.Note?.Trim(), caller.ActorId, clock.GetUtcNow()) : text.Error;
        }, ct);
}
