using System.Text.Json;
using HaLong.Messaging;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Templates.Checking;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Templates.Administration;

/// <summary>Loads drafts to be changed, and saves what became of them, with evidence of the step.</summary>
internal sealed class TemplateDesk(NotificationDbContext db, IOptions<PlatformOptions> platform)
{
    private const int LongestNote = 2000, LongestReason = 500;

    /// <summary>Where links lead, as long as it gets.</summary>
    public string SampleLink => platform.Value.PublicUrl.TrimEnd('/') + "/account";

    public static bool IsKind(string kind) => NoticeKinds.Variables.ContainsKey(kind);

    public async Task<NoticeTemplate?> DraftAsync(Guid id, CancellationToken ct) =>
        await db.Templates.SingleOrDefaultAsync(t => t.Id == id && t.Number == null, ct);

    public Task<int?> LatestAsync(string kind, CancellationToken ct) => db.Templates.Where(t => t.Kind == kind).MaxAsync(t => t.Number, ct);

    /// <summary>One step of a draft; checks If-Match.</summary>
    public async Task<IResult> StepAsync(Guid id, string step, HttpContext http, Func<NoticeTemplate, Task<Result>> move, CancellationToken ct)
    {
        // What has been published is no draft any more, and says so.
        if (await db.Templates.SingleOrDefaultAsync(t => t.Id == id && !t.Shipped, ct) is not { } draft)
            return TemplateErrors.DraftNotFound.ToProblem();
        if (Etag.Check(http.Request, draft.Revision) is { } stale)
            return stale.ToProblem();
        var done = await move(draft);
        return done.IsSuccess ? await SaveAsync(draft, step, http, ct) : done.Error.ToProblem();
    }

    public async Task<IResult> SaveAsync(NoticeTemplate draft, string step, HttpContext http, CancellationToken ct)
    {
        Record(draft, step);
        await db.SaveChangesAsync(ct);
        Etag.Set(http.Response, draft.Revision);
        return TypedResults.Ok(View(draft));
    }

    /// <summary>Who did it is the actor of the evidence.</summary>
    public void Record(NoticeTemplate template, string step) => db.Record(
        $"notification.template-{step}", template.Number is { } number ? $"{template.Kind}/{number}" : $"{template.Kind}/{template.Id:N}",
        new { template.Id, template.Kind, template.Number, State = Words.Of(template.State), template.ContentHash, template.ValidFrom, template.Reason });

    public DraftView View(NoticeTemplate draft) => DraftView.Of(draft, Check(draft));

    public IReadOnlyList<FieldMessage> Check(NoticeTemplate draft) => TemplateRules.Check(draft.Kind, TemplateInput.Read(draft.Content), SampleLink);

    /// <summary>All defects as one error; null for none.</summary>
    public Error? Refusal(NoticeTemplate draft) =>
        Check(draft) is { Count: > 0 } defects ? TemplateErrors.Defective.Format(defects.Count) with { FieldMessages = defects } : null;

    /// <summary>The content as it is kept; only whether it can be kept is looked at, for a draft may be incomplete.</summary>
    public static Result<TemplateText> Text(TemplateInput content)
    {
        var text = TemplateContent.Write(content);
        if (text.Json.Length > TemplateInput.LongestJson)
            return TemplateErrors.InvalidDraft.WithField("content", "Nội dung tối đa 64 KB.", "The content has at most 64 KB.");
        return text.Json.Contains("\\u0000", StringComparison.OrdinalIgnoreCase)
            ? TemplateErrors.InvalidDraft.WithField("content", "Nội dung có ký tự không lưu được.", "The content has a character that cannot be stored.")
            : text;
    }

    public static Error? NoteRefusal(string? note) => note is null || (note.Length <= LongestNote && !note.Contains('\0', StringComparison.Ordinal))
        ? null
        : TemplateErrors.InvalidDraft.WithField("note", $"Tối đa {LongestNote} ký tự.", $"At most {LongestNote} characters.");

    public static Result<string> Reason(string? reason) =>
        reason?.Trim() is { Length: > 0 and <= LongestReason } text && !text.Contains('\0', StringComparison.Ordinal) ? text : TemplateErrors.ReasonMissing;

    public static JsonElement Json(string content) => JsonElement.Parse(content);
}
