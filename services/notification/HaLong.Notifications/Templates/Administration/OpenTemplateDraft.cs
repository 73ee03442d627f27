using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Templates.Administration;

/// <summary>Begins a change of what people are told.</summary>
internal static class OpenTemplateDraft
{
    /// <param name="Content">The texts; absent for a copy of the latest version.</param>
    /// <param name="Note">What changes and why.</param>
    internal sealed record Request(TemplateInput? Content, string? Note);

    public static void MapOpenTemplateDraft(this IEndpointRouteBuilder templates) => templates.MapPost("/{kind}/drafts", HandleAsync)
        .WithName("openNoticeTemplateDraft")
        .WithSummary("Begin a change of the texts of a notice")
        .WithDescription("A kind has one open draft at a time. A draft may be incomplete; what is wrong with it is told with it.")
        .Changes<DraftView>(StatusCodes.Status201Created);

    private static async Task<IResult> HandleAsync(
        string kind, Request request, HttpContext http, Caller caller, NotificationDbContext db, TemplateDesk desk, TemplateCatalog catalog, TimeProvider clock,
        CancellationToken ct)
    {
        if (!TemplateDesk.IsKind(kind))
            return TemplateErrors.KindNotFound.ToProblem();
        if (TemplateDesk.NoteRefusal(request.Note) is { } wrong)
            return wrong.ToProblem();
        var latest = await desk.LatestAsync(kind, ct);
        var text = request.Content is { } content
            ? TemplateDesk.Text(content)
            : await db.Templates.Where(t => t.Kind == kind && t.Number == latest && t.Number != null)
                  .Select(t => new TemplateText(t.Content, t.ContentHash)).SingleOrDefaultAsync(ct)
              ?? TemplateContent.Write(TemplateContent.Of(catalog.All.Single(t => t.Kind == kind)));
        if (!text.IsSuccess)
            return text.Error.ToProblem();
        if (await db.Templates.AnyAsync(t => t.Kind == kind && t.Number == null, ct))
            return TemplateErrors.DraftExists.ToProblem();

        var draft = NoticeTemplate.Open(kind, text.Value, latest, request.Note?.Trim(), caller.ActorId, clock.GetUtcNow());
        db.Add(draft);
        desk.Record(draft, "drafted");
        await db.SaveChangesAsync(ct);
        Etag.Set(http.Response, draft.Revision);
        return TypedResults.Created($"/api/v1/admin/notice-templates/drafts/{draft.Id}", desk.View(draft));
    }
}
