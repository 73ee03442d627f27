using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Templates.Administration;

/// <summary>Shows a draft or a version as its readers would get it, through every channel and in both languages.</summary>
internal static class PreviewTemplateDraft
{
    private const int LongestValue = 500;

    /// <param name="Values">Values to fill it with; what is absent is filled with long samples.</param>
    internal sealed record Request(IReadOnlyDictionary<string, string?>? Values);

    public static void MapPreviewTemplateDraft(this IEndpointRouteBuilder templates) => templates.MapPost("/drafts/{id:guid}/preview", HandleAsync)
        .WithName("previewNoticeTemplateDraft")
        .WithSummary("Show a draft or a version filled with samples")
        .WithDescription("With the encoding, length and parts of the SMS, all defects, and warnings. `id` is that of a draft or of a version.")
        .Produces<PreviewView>()
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(
        Guid id, Request? request, NotificationDbContext db, TemplateDesk desk, TemplateCatalog catalog, CancellationToken ct)
    {
        if (await db.Templates.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, ct) is not { } template)
            return TemplateErrors.DraftNotFound.ToProblem();
        if (Wrong(template.Kind, request?.Values) is { } wrong)
            return wrong.ToProblem();

        var defects = desk.Check(template);
        if (TemplateInput.Read(template.Content).Complete()?.As(template.Kind, template.Number ?? 0) is not { } complete)
            return TypedResults.Ok(new PreviewView(template.Kind, template.Number, null, null, [.. defects.Select(DefectView.Of)], []));

        var vi = Rendered(catalog, complete, "vi", desk.SampleLink, request?.Values);
        var en = Rendered(catalog, complete, "en", desk.SampleLink, request?.Values);
        var warnings = Warnings("vi", vi).Concat(Warnings("en", en)).Select(DefectView.Of);
        return TypedResults.Ok(new PreviewView(template.Kind, template.Number, vi, en, [.. defects.Select(DefectView.Of)], [.. warnings]));
    }

    private static Error? Wrong(string kind, IReadOnlyDictionary<string, string?>? values)
    {
        var wrong = (values ?? new Dictionary<string, string?>())
            .Where(v => !NoticeKinds.Variables[kind].Contains(v.Key) || v.Value is null or { Length: > LongestValue })
            .Select(v => new FieldMessage(
                "values." + v.Key, $"Không phải biến của thông báo, hoặc dài quá {LongestValue} ký tự.",
                $"No variable of the notice, or longer than {LongestValue} characters."));
        return wrong.ToList() is { Count: > 0 } all ? TemplateErrors.InvalidValues with { FieldMessages = all } : null;
    }

    // A name that nothing fills is shown as it stands: a preview shows what is wrong, too.
    private static LanguageView? Rendered(TemplateCatalog catalog, Template template, string language, string link, IReadOnlyDictionary<string, string?>? given)
    {
        var values = SampleValues.Of(template.Kind, language, link);
        foreach (var name in template.Texts().SelectMany(Placeholders.In))
            values.TryAdd(name, $"{{{{{name}}}}}");
        values.TryAdd(NoticeKinds.Link, link);
        foreach (var (name, value) in given ?? new Dictionary<string, string?>())
            values[name] = value ?? "";
        var notice = catalog.Render(template, language, values);
        var accented = notice.Sms is null ? null : catalog.Render(template, language, values, accents: true).Sms;
        return new LanguageView(
            new InAppView(notice.Title, notice.Body), new EmailView(notice.Subject, notice.Text, notice.Html), SmsView.Of(notice.Sms), SmsView.Of(accented),
            notice.Push is { } push ? new PushView(push.Title, push.Body, push.Url) : null,
            template.In(language).Zalo is { } zalo
                ? new ZaloView(notice.Zalo?.TemplateId, zalo.Parameters.ToDictionary(p => p.Key, p => Placeholders.Fill(p.Value, values)))
                : null);
    }

    private static IEnumerable<FieldMessage> Warnings(string language, LanguageView? texts)
    {
        if (texts?.Sms is { Parts: > 1 } sms)
            yield return new FieldMessage(language + ".sms", $"Tin nhắn tính thành {sms.Parts} tin.", $"The SMS is paid for as {sms.Parts} parts.");
        if (texts?.Sms is { Encoding: "ucs2" })
            yield return new FieldMessage(language + ".sms", "Có chữ ngoài bảng GSM-7: mỗi tin chỉ còn 70 ký tự.",
                "There is a letter outside GSM-7: a part holds 70 characters only.");
        if (texts?.Push is { } push && (push.Title.EndsWith('…') || push.Body.EndsWith('…')))
            yield return new FieldMessage(language + ".push", "Thông báo trên thiết bị bị cắt ngắn.", "The notice on devices is cut off.");
        if (texts?.Zalo is { TemplateId: null })
            yield return new FieldMessage(language + ".zalo", "Chưa có mã mẫu Zalo: thông báo đi đường khác.",
                "No template of Zalo is named: the notice goes another way.");
    }
}
