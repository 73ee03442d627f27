using System.Text.Json.Nodes;
using HaLong.Portal.Design;
using HaLong.Portal.Design.Desk;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Admin.Templates;

/// <summary>A change of the texts.</summary>
public sealed record TemplateDraft(
    Guid Id, string Kind, string State, int? BasedOn, string? Note, string? Reason, IReadOnlyList<Guid> Editors, Guid? ReviewedBy, DateTimeOffset UpdatedAt,
    JsonObject Content, IReadOnlyList<TemplateDefect> Defects);

/// <summary>What has to be mended.</summary>
public sealed record TemplateDefect(string Path, string Message);

/// <summary>The texts filled with samples.</summary>
public sealed record NoticePreview(string Kind, PreviewTexts? Vi, PreviewTexts? En, IReadOnlyList<TemplateDefect> Defects, IReadOnlyList<TemplateDefect> Warnings);

/// <summary>In one language.</summary>
public sealed record PreviewTexts(PreviewText InApp, PreviewMail Email, PreviewSms? Sms, PreviewSms? SmsAccented, PreviewText? Push, PreviewZalo? Zalo);

/// <summary>A title and a text.</summary>
public sealed record PreviewText(string Title, string Body);

/// <summary>A mail.</summary>
public sealed record PreviewMail(string Subject, string Text, string Html);

/// <summary>An SMS with its size.</summary>
public sealed record PreviewSms(string Text, string Encoding, int Characters, int Parts);

/// <summary>What Zalo gets.</summary>
public sealed record PreviewZalo(string? TemplateId, IReadOnlyDictionary<string, string> Parameters);

/// <summary><c>/admin/templates/drafts/{id}</c>: the texts of all channels in both languages, as they would be sent, and their publication by a second administrator.</summary>
internal static class TemplateDraftPages
{
    public static void Map(RouteGroupBuilder group)
    {
        var drafts = group.MapGroup("/templates/drafts/{id:guid}");
        drafts.MapGet("", (Guid id, OfficeDesk desk) => ShowAsync(id, Typed.Nothing, desk));
        drafts.MapGet("/preview", PreviewAsync);
        drafts.MapPost("/{step}", TakeAsync);
    }

    private static string Here(Guid id) => $"/admin/templates/drafts/{id}";

    private static string Path(Guid id) => $"admin/notice-templates/drafts/{id}";

    private static async Task<IResult> TakeAsync(Guid id, string step, IFormCollection form, OfficeDesk desk)
    {
        var draft = await desk.GetAsync<TemplateDraft>(Path(id));
        return desk.Stop(draft) ?? await desk.TakeAsync(step, [Edit(draft.Value!), .. Moves(draft.Value!)], form, Here(id), t => ShowAsync(id, t, desk));
    }

    private static Task<IResult> ShowAsync(Guid id, Typed typed, OfficeDesk desk) => desk.ShowAsync<TemplateDraft>(Path(id), typed, async answer =>
    {
        var d = answer.Value!;
        var people = await People.OfAsync(desk, [.. d.Editors.Cast<Guid?>(), d.ReviewedBy]);
        var comparison = d.BasedOn is { } number ? await desk.GetAsync<TemplateComparison>($"admin/notice-templates/{Uri.EscapeDataString(d.Kind)}/compare?from={number}&to=draft")
            : null;
        return AdminArea.Screen(Bilingual($"Bản nháp mẫu {d.Kind}", $"Draft of {d.Kind}"), typed,
            FourEyes.Of(d.State == "inReview", desk.Me is { } me && d.Editors.Contains(me)),
            d.Reason is null ? null : new Notice(Bilingual($"Lý do: {d.Reason}", $"Reason: {d.Reason}"), "warning"),
            new Facts(
                new(Bilingual("Trạng thái", "State"), Labels.State(d.State)),
                new(Bilingual("Sửa từ phiên bản", "Based on version"), d.BasedOn?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                new(Bilingual("Ghi chú", "Note"), d.Note),
                new(Bilingual("Người soạn", "Editors"), people.Of(d.Editors)), new(Bilingual("Người duyệt", "Reviewed by"), people.Of(d.ReviewedBy)),
                new(Bilingual("Sửa lúc", "Changed"), Moment.Of(d.UpdatedAt))),
            new Links(new Cell(Bilingual("Xem trước từng kênh", "Preview of each channel"), Here(id) + "/preview")),
            new Bullets(Bilingual("Phải sửa trước khi duyệt", "To be mended before the review"), [.. d.Defects.Select(x => $"{x.Path}: {x.Message}")]),
            comparison is null ? null : TemplatePages.Differences(comparison),
            new Steps(Here(id), answer.Version, Moves(d)),
            d.State == "draft" ? new Steps(Here(id), answer.Version, Edit(d)) : null) with
        { Back = new(d.Kind, $"/admin/templates/{d.Kind}") };
    });

    private static async Task<IResult> PreviewAsync(Guid id, OfficeDesk desk)
    {
        var answer = await desk.AskAsync<NoticePreview>(Path(id) + "/preview", new { values = new Dictionary<string, string>() });
        if (desk.Stop(answer) is { } otherwise)
            return otherwise;
        var p = answer.Value!;
        return OfficeDesk.Of(AdminArea.Screen(Bilingual($"Xem trước mẫu {p.Kind}", $"Preview of {p.Kind}"), Typed.Nothing,
        [
            new Notice(Bilingual("Điền bằng giá trị mẫu dài nhất.", "Filled with the longest samples.")),
            new Bullets(Bilingual("Phải sửa", "To be mended"), [.. p.Defects.Select(x => $"{x.Path}: {x.Message}")]),
            new Bullets(Bilingual("Nên xem lại", "Worth a second look"), [.. p.Warnings.Select(x => $"{x.Path}: {x.Message}")]),
            .. Channels("Tiếng Việt", p.Vi), .. Channels("English", p.En),
        ]) with
        { Back = new(Bilingual("Bản nháp", "The draft"), Here(id)) }, Typed.Nothing);
    }

    private static IEnumerable<Part> Channels(string language, PreviewTexts? texts)
    {
        if (texts is null)
            yield break;
        IReadOnlyList<Cell>?[] rows =
        [
            [Bilingual("Hộp thư", "Inbox"), $"{texts.InApp.Title} — {texts.InApp.Body}", ""],
            [Bilingual("Thư điện tử", "E-mail"), texts.Email.Subject, ""],
            Sms("SMS", texts.Sms), Sms(Bilingual("SMS có dấu", "SMS with marks"), texts.SmsAccented),
            texts.Push is { } push ? [Bilingual("Thông báo đẩy", "Push"), $"{push.Title} — {push.Body}", ""] : null,
            texts.Zalo is { } zalo ? ["Zalo", string.Join("; ", zalo.Parameters.Select(x => $"{x.Key}: {x.Value}")),
                zalo.TemplateId ?? Bilingual("chưa có mã mẫu", "no template id")] : null,
        ];
        yield return new Table(language, [Bilingual("Kênh", "Channel"), Bilingual("Nội dung", "Text"), Bilingual("Độ dài", "Size")],
            [.. rows.OfType<IReadOnlyList<Cell>>()]);
        yield return new Verbatim($"{language} · {Bilingual("Thư, văn bản", "Mail, text")}", texts.Email.Text);
        yield return new Verbatim($"{language} · {Bilingual("Thư, HTML", "Mail, HTML")}", texts.Email.Html);
    }

    private static IReadOnlyList<Cell>? Sms(string name, PreviewSms? sms) =>
        sms is null ? null : [name, sms.Text, Bilingual($"{sms.Encoding}, {sms.Characters} ký tự, {sms.Parts} tin",
            $"{sms.Encoding}, {sms.Characters} characters, {sms.Parts} parts")];

    private static Step Edit(TemplateDraft d) => new("edit", Bilingual("Lưu bản nháp", "Save the draft"), HttpMethod.Put, Path(d.Id),
        [.. TemplateForm.Asks(d.Content), new Ask("note", Bilingual("Sửa gì, vì sao", "What changes and why"), AskKind.Area, d.Note)])
    { Known = new JsonObject { ["content"] = d.Content.DeepClone() }, IsOpen = true, Heading = Bilingual("Sửa nội dung", "Edit") };

    private static IReadOnlyList<Step?> Moves(TemplateDraft d) =>
    [
        d.State == "draft" ? new("submit", Bilingual("Gửi duyệt", "Send to review"), HttpMethod.Post, Path(d.Id) + "/submit") : null,
        d.State == "inReview"
            ? new("approve", Bilingual("Duyệt và công bố", "Approve and publish"), HttpMethod.Post, Path(d.Id) + "/approve",
                new Ask("validFrom", Bilingual("Dùng từ", "In force from"), AskKind.Moment) { IsOptional = true,
                Hint = Bilingual("Để trống: ngay bây giờ.", "Left empty: at once.") })
            { Then = _ => $"/admin/templates/{d.Kind}" }
            : null,
        d.State == "inReview" ? new("return", Bilingual("Trả lại để sửa", "Give back"), HttpMethod.Post, Path(d.Id) + "/return",
            new Ask("reason", Bilingual("Lý do", "Reason"), AskKind.Area) { Longest = 500 }) : null,
        // What is in review is given back first.
        d.State == "draft" ? new("deletion", Bilingual("Xóa bản nháp", "Delete the draft"), HttpMethod.Delete, Path(d.Id)) { IsGrave = true,
            Then = _ => $"/admin/templates/{d.Kind}" } : null,
    ];
}
