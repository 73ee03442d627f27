using System.Text.Json.Nodes;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Design.Desk;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Admin.Templates;

/// <summary>A kind of notice with where its texts stand.</summary>
public sealed record NoticeKind(
    string Kind, string Class, IReadOnlyList<string> Variables, bool ByTelephone, int? InForce, int? Next, DateTimeOffset? NextFrom, Guid? Draft, string? DraftState,
    bool ProgramDiffers);

/// <summary>A version in a list.</summary>
public sealed record TemplateVersion(int Version, string State, bool InForce, bool Shipped, DateTimeOffset? ValidFrom, DateTimeOffset? PublishedAt, string? Note,
    string? Reason);

/// <summary>A version with its texts.</summary>
public sealed record TemplateTexts(string Kind, int Version, string State, bool Shipped, DateTimeOffset? ValidFrom, string? Note, string? Reason,
    JsonObject Content);

/// <summary>What two versions have differently.</summary>
public sealed record TemplateComparison(IReadOnlyList<TemplateDifference> Differences);

/// <summary>A text.</summary>
public sealed record TemplateDifference(string Path, string? From, string? To);

/// <summary><c>/admin/templates</c>: what people are told, in versions.</summary>
internal static class TemplatePages
{
    private const string Here = "/admin/templates";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/templates", ListAsync);
        group.MapGet("/templates/{kind}", (string kind, string? after, OfficeDesk desk) => OneAsync(kind, after, Typed.Nothing, desk));
        group.MapPost("/templates/{kind}/{step}", (string kind, string step, IFormCollection form, OfficeDesk desk) =>
            desk.TakeAsync(step, [Open(kind)], form, $"{Here}/{kind}", t => OneAsync(kind, null, t, desk)));
        group.MapGet("/templates/{kind}/comparison", CompareAsync);
        group.MapGet("/templates/{kind}/versions/{number:int}", (string kind, int number, OfficeDesk desk) => VersionAsync(kind, number, Typed.Nothing, desk));
        group.MapPost("/templates/{kind}/versions/{number:int}/{step}", (string kind, int number, string step, IFormCollection form, OfficeDesk desk) =>
            desk.TakeAsync(step, [Withdraw(kind, number)], form, $"{Here}/{kind}", t => VersionAsync(kind, number, t, desk)));
    }

    public static Part Differences(Answer<TemplateComparison> answer) => answer.Value is { } c
        ? new Table(Bilingual("Khác nhau", "Differences"), [Bilingual("Mục", "Text"), Bilingual("Trước", "Before"), Bilingual("Sau", "After")],
            [.. c.Differences.Select(d => (IReadOnlyList<Cell>)[d.Path, d.From ?? "–", d.To ?? "–"])], Bilingual("Không có gì khác.", "Nothing differs."))
        : Lists.Unread(Bilingual("Khác nhau", "Differences"), answer.Trouble);

    private static Task<IResult> ListAsync(OfficeDesk desk) => desk.ShowAsync<IReadOnlyList<NoticeKind>>("admin/notice-templates", Typed.Nothing, kinds =>
        AdminArea.Screen(Bilingual("Mẫu thông báo", "Message templates"), Typed.Nothing, Lists.Of(kinds, Bilingual("Loại thông báo", "Kinds of notices"),
            [Bilingual("Loại", "Kind"), Bilingual("Nhóm", "Class"), Bilingual("Đang dùng", "In force"), Bilingual("Sắp dùng", "Next"),
                Bilingual("Bản nháp", "Draft"), Bilingual("Ghi chú", "Note")],
            k => [new Cell(k.Kind, $"{Here}/{k.Kind}"), Labels.Name(k.Class), k.InForce?.ToString(System.Globalization.CultureInfo.InvariantCulture),
                k.Next is null ? "" : $"{k.Next} · {Lists.At(k.NextFrom)}",
                k.Draft is { } draft ? new Cell(Labels.State(k.DraftState).Text, $"{Here}/drafts/{draft}") : "",
                k.ProgramDiffers ? Bilingual("khác bản đi kèm phần mềm", "differs from the program’s text") : ""])));

    private static async Task<IResult> OneAsync(string kind, string? after, Typed typed, OfficeDesk desk)
    {
        var path = "admin/notice-templates/" + Uri.EscapeDataString(kind);
        return await desk.ShowAsync<Listed<TemplateVersion>>(Query.Of(path + "?limit=20", ("after", after)), typed, async versions =>
        {
            var about = (await desk.GetAsync<IReadOnlyList<NoticeKind>>("admin/notice-templates")).Value?.FirstOrDefault(k => k.Kind == kind);
            return AdminArea.Screen(Bilingual($"Mẫu {kind}", $"Template {kind}"), typed,
                new Facts(
                    new FactLine(Bilingual("Nhóm", "Class"), Labels.Name(about?.Class)),
                    new FactLine(Bilingual("Biến", "Variables"), about is null ? "" : string.Join(", ", about.Variables.Select(v => $"{{{{{v}}}}}"))),
                    new FactLine(Bilingual("Bản nháp", "Draft"), about?.Draft is { } draft ? new Cell(Labels.State(about.DraftState).Text, $"{Here}/drafts/{draft}")
                        : "")),
                Lists.Of(versions, Bilingual("Phiên bản", "Versions"), $"{Here}/{kind}",
                    [Bilingual("Số", "Number"), Bilingual("Trạng thái", "State"), Bilingual("Đang dùng", "In force"), Bilingual("Dùng từ", "From"),
                        Bilingual("Ghi chú", "Note"), Bilingual("So với bản trước", "Against the one before")],
                    v => [new Cell($"{v.Version}", $"{Here}/{kind}/versions/{v.Version}"), Labels.State(v.State), Labels.YesNo(v.InForce), Lists.At(v.ValidFrom),
                        v.Reason ?? v.Note ?? (v.Shipped ? Bilingual("đi kèm phần mềm", "came with the program") : ""),
                        v.Version > 1 ? new Cell(Bilingual("So sánh", "Compare"), $"{Here}/{kind}/comparison?from={v.Version - 1}&to={v.Version}") : "–"]),
                new Steps($"{Here}/{kind}", null, about?.Draft is null ? Open(kind) : null)) with
            { Back = new(Bilingual("Mẫu thông báo", "Message templates"), Here) };
        });
    }

    private static Task<IResult> VersionAsync(string kind, int number, Typed typed, OfficeDesk desk) =>
        desk.ShowAsync<TemplateTexts>($"admin/notice-templates/{Uri.EscapeDataString(kind)}/versions/{number}", typed, answer =>
        {
            var v = answer.Value!;
            return AdminArea.Screen(Bilingual($"Mẫu {kind}, phiên bản {number}", $"Template {kind}, version {number}"), typed,
                new Facts(new FactLine(Bilingual("Trạng thái", "State"), Labels.State(v.State)), new FactLine(Bilingual("Dùng từ", "From"), Lists.At(v.ValidFrom)),
                    new FactLine(Bilingual("Ghi chú", "Note"), v.Note), new FactLine(Bilingual("Lý do", "Reason"), v.Reason)),
                new Table(Bilingual("Nội dung", "Texts"), [Bilingual("Mục", "Text"), Bilingual("Tiếng Việt", "Vietnamese"), Bilingual("Tiếng Anh", "English")],
                    TemplateForm.Rows(v.Content)),
                v.State == "published" ? new Steps($"{Here}/{kind}/versions/{number}", answer.Version, Withdraw(kind, number)) : null) with
            { Back = new(kind, $"{Here}/{kind}") };
        });

    private static async Task<IResult> CompareAsync(string kind, string? from, string? to, OfficeDesk desk)
    {
        var answer = await desk.GetAsync<TemplateComparison>(Query.Of($"admin/notice-templates/{Uri.EscapeDataString(kind)}/compare", ("from", from),
            ("to", to)));
        return desk.Stop(answer) ?? OfficeDesk.Of(
            AdminArea.Screen(Bilingual($"So sánh phiên bản {from} và {to} của {kind}", $"Versions {from} and {to} of {kind}"), Typed.Nothing,
                Differences(answer)) with
            { Back = new(kind, $"{Here}/{kind}") }, Typed.Nothing);
    }

    private static Step Open(string kind) => new("open", Bilingual("Soạn bản sửa", "Begin a change"), HttpMethod.Post,
        $"admin/notice-templates/{Uri.EscapeDataString(kind)}/drafts",
        new Ask("note", Bilingual("Sửa gì, vì sao", "What changes and why"), AskKind.Area))
    { Then = draft => $"{Here}/drafts/{draft?["id"]}" };

    private static Step Withdraw(string kind, int number) =>
        new("withdraw", Bilingual("Ngừng dùng phiên bản này", "Take it out of force"), HttpMethod.Post,
        $"admin/notice-templates/{Uri.EscapeDataString(kind)}/versions/{number}/withdraw",
        new Ask("reason", Bilingual("Lý do", "Reason"), AskKind.Area) { Longest = 500 })
        { IsGrave = true, Hint = Bilingual("Phiên bản trước được dùng lại ngay.", "The version before counts again at once.") };
}
