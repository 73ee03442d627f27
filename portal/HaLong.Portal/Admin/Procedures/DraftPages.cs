using System.Text.Json.Nodes;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Design.Desk;
using HaLong.Portal.Find;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Admin.Procedures;

/// <summary>A draft with its content.</summary>
public sealed record ProcedureDraft(
    Guid Id, string Code, string State, Guid? BasedOn, bool Repeal, DateOnly? ValidFrom, DateOnly? ValidTo, string? Note, DateTimeOffset UpdatedAt,
    JsonObject Content, IReadOnlyList<Guid> Editors,
    Guid? ApprovedBy, Guid? PublishedBy, string? Reason, IReadOnlyList<Defect> Defects);

/// <summary>What has to be mended.</summary>
public sealed record Defect(string Path, string Message);

/// <summary><c>/admin/procedures/drafts/{id}</c>: a change of a procedure, from the first word to its publication by four eyes.</summary>
internal static class DraftPages
{
    public static void Map(RouteGroupBuilder group)
    {
        var drafts = group.MapGroup("/procedures/drafts/{id:guid}");
        drafts.MapGet("", (Guid id, OfficeDesk desk) => ShowAsync(id, false, Typed.Nothing, desk));
        drafts.MapGet("/json", (Guid id, OfficeDesk desk) => ShowAsync(id, true, Typed.Nothing, desk));
        drafts.MapGet("/preview", PreviewAsync);
        drafts.MapPost("/{step}", TakeAsync);
    }

    private static string Here(Guid id) => $"/admin/procedures/drafts/{id}";

    private static async Task<IResult> TakeAsync(Guid id, string step, IFormCollection form, OfficeDesk desk)
    {
        var draft = await desk.GetAsync<ProcedureDraft>($"admin/procedures/drafts/{id}");
        return desk.Stop(draft) ?? await desk.TakeAsync(step, [Edit(draft.Value!), Json(draft.Value!), .. Moves(draft.Value!)], form, Here(id),
            t => ShowAsync(id, step == "json", t, desk));
    }

    private static Task<IResult> ShowAsync(Guid id, bool asJson, Typed typed, OfficeDesk desk) =>
        desk.ShowAsync<ProcedureDraft>($"admin/procedures/drafts/{id}", typed, async answer =>
    {
        var d = answer.Value!;
        var comparison = desk.GetAsync<Comparison>($"admin/procedures/drafts/{id}/comparison");
        var people = await People.OfAsync(desk, [.. d.Editors.Cast<Guid?>(), d.ApprovedBy, d.PublishedBy]);
        var own = desk.Me is { } me && d.Editors.Contains(me);
        return AdminArea.Screen(Bilingual($"Bản nháp {d.Code}", $"Draft of {d.Code}"), typed,
            d.Repeal ? new Notice(Bilingual("Bản này bãi bỏ thủ tục.", "This draft repeals the procedure."), "warning") : null,
            FourEyes.Of(d.State is "review" or "approved", own),
            d.Reason is null ? null : new Notice(Bilingual($"Lý do: {d.Reason}", $"Reason: {d.Reason}"), "warning"),
            new Facts(
                new(Bilingual("Tên", "Name"), d.Content["nameVi"]?.ToString()), new(Bilingual("Trạng thái", "State"), Labels.State(d.State)),
                new(Bilingual("Dự kiến hiệu lực", "Planned"), LocalDay.Span(d.ValidFrom, d.ValidTo)), new(Bilingual("Ghi chú", "Note"), d.Note),
                new(Bilingual("Người soạn", "Editors"), people.Of(d.Editors)),
                new(Bilingual("Người duyệt", "Approved by"), people.Of(d.ApprovedBy)), new(Bilingual("Người công bố", "Published by"), people.Of(d.PublishedBy)),
                new(Bilingual("Sửa lúc", "Changed"), Moment.Of(d.UpdatedAt))),
            new Links(
                new(Bilingual("Xem như người dân", "See it as citizens would"), Here(id) + "/preview"),
                new(Bilingual("Các phiên bản của thủ tục", "Versions of the procedure"), $"/admin/procedures/{d.Code}"),
                asJson ? new(Bilingual("Sửa bằng biểu mẫu", "Edit by form"), Here(id)) : new(Bilingual("Sửa toàn bộ (JSON)", "Edit all of it (JSON)"),
                    Here(id) + "/json")),
            new Bullets(Bilingual("Phải sửa trước khi thẩm định", "To be mended before the review"), [.. d.Defects.Select(x => $"{x.Path}: {x.Message}")]),
            ProcedurePages.Changes(await comparison),
            new Steps(Here(id), answer.Version, Moves(d)),
            d.State == "draft" && !d.Repeal ? new Steps(Here(id), answer.Version, asJson ? Json(d) : Edit(d)) : null) with
        { Back = new(Bilingual("Thủ tục", "Procedures"), "/admin/procedures") };
    });

    private static async Task<IResult> PreviewAsync(Guid id, OfficeDesk desk)
    {
        var draft = await desk.GetAsync<ProcedureDraft>($"admin/procedures/drafts/{id}");
        return desk.Stop(draft) ?? Pages.Of<ShowProcedure>(
            new ProcedurePage(draft.Value!.Code, new Answer<Procedure>(draft.Status, DraftContent.AsProcedure(draft.Value.Content, draft.Value.Code), null, null)));
    }

    private static IReadOnlyList<Ask> Terms(ProcedureDraft d) =>
    [
        new("validFrom", Bilingual("Dự kiến hiệu lực từ", "Planned first day"), AskKind.Day, LocalDay.Field(d.ValidFrom)) { IsOptional = true },
        new("validTo", Bilingual("Đến ngày", "Planned last day"), AskKind.Day, LocalDay.Field(d.ValidTo)) { IsOptional = true },
        new("note", Bilingual("Sửa gì, vì sao", "What changes and why"), AskKind.Area, d.Note) { IsOptional = true },
    ];

    private static Step Edit(ProcedureDraft d) => new("edit", Bilingual("Lưu bản nháp", "Save the draft"), HttpMethod.Put, $"admin/procedures/drafts/{d.Id}",
        [.. DraftContent.Asks(d.Content), .. Terms(d)])
    {
        Known = new JsonObject { ["content"] = d.Content.DeepClone() },
        IsOpen = true,
        Heading = Bilingual("Sửa nội dung", "Edit"),
    };

    private static Step Json(ProcedureDraft d) => new("json", Bilingual("Lưu bản nháp", "Save the draft"), HttpMethod.Put, $"admin/procedures/drafts/{d.Id}",
        [new Ask("content", Bilingual("Toàn bộ nội dung", "All of it"), AskKind.Json, d.Content.ToJsonString(Indented)), .. Terms(d)])
    { IsOpen = true, Heading = Bilingual("Sửa nội dung", "Edit") };

    private static readonly System.Text.Json.JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    private static IReadOnlyList<Step?> Moves(ProcedureDraft d) =>
    [
        d.State == "draft" ? To(d, "review", Bilingual("Gửi thẩm định", "Send to review")) : null,
        d.State == "review" ? To(d, "approval", Bilingual("Duyệt", "Approve")) : null,
        d.State == "approved" ? To(d, "publication", Bilingual("Công bố", "Publish"),
            new Ask("validFrom", Bilingual("Hiệu lực từ ngày", "Valid from"), AskKind.Day, LocalDay.Field(d.ValidFrom))) : null,
        d.State is "review" or "approved" ? To(d, "return", Bilingual("Trả lại để sửa", "Give back"), Why) : null,
        d.State is "draft" or "review" or "approved" ? To(d, "withdrawal", Bilingual("Rút bản nháp", "Give the draft up"), Why) with { IsGrave = true } : null,
    ];

    private static Ask Why => new("reason", Bilingual("Lý do", "Reason"), AskKind.Area) { Longest = 500 };

    private static Step To(ProcedureDraft d, string name, string words, params IReadOnlyList<Ask> asks) =>
        new(name, words, HttpMethod.Post, $"admin/procedures/drafts/{d.Id}/{name}", asks);
}
