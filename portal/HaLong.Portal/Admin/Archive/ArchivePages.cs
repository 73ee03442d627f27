using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Design.Desk;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Admin.Archive;

/// <summary>Dossiers that are to be destroyed.</summary>
public sealed record DestructionList(
    Guid Id, string Unit, string State, string LegalBasis, int Count, Guid ProposedBy, DateTimeOffset ProposedAt, Guid? ReviewedBy, DateTimeOffset? ReviewedAt,
    string? Reason, DateTimeOffset? ExecutedAt, string? Minutes);

/// <summary>A dossier on a list.</summary>
public sealed record DestructionItem(int Number, string Code, string ProcedureCode, DateTimeOffset ClosedAt, DateOnly KeepUntil, string Rule, string State);

/// <summary>An order to write dossiers for the archive.</summary>
public sealed record ArchiveExport(Guid Id, string Unit, DateOnly ClosedFrom, DateOnly ClosedTo, Guid RequestedBy, DateTimeOffset RequestedAt, int Total, int Done,
    int Failed, int Gone, bool Finished);

/// <summary>A dossier of an order.</summary>
public sealed record ExportItem(Guid DossierId, string? Code, string State, string? Sha256, DateTimeOffset? DoneAt);

/// <summary><c>/admin/archive</c>: exports, and destruction lists with four eyes.</summary>
internal static class ArchivePages
{
    private const string Here = "/admin/archive";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/archive", (string? list, string? export) => Guid.TryParse(list, out var l) ? Pages.Go($"{Here}/destruction/{l}")
            : Guid.TryParse(export, out var e) ? Pages.Go($"{Here}/exports/{e}") : Start(Typed.Nothing));
        group.MapPost("/archive/{step}", (string step, IFormCollection form, OfficeDesk desk) =>
            desk.TakeAsync(step, [Order, Propose], form, Here, t => Task.FromResult(Start(t))));
        group.MapGet("/archive/exports/{id:guid}", ExportAsync);
        group.MapGet("/archive/destruction/{id:guid}", (Guid id, string? after, OfficeDesk desk) => ListAsync(id, after, Typed.Nothing, desk));
        group.MapGet("/archive/destruction/{id:guid}/minutes.pdf",
            (Guid id, ApiClient api, CancellationToken ct) => api.FileAsync($"admin/destruction-lists/{id}/minutes", ct));
        group.MapPost("/archive/destruction/{id:guid}/{step}", (Guid id, string step, IFormCollection form, OfficeDesk desk) =>
            desk.TakeAsync(step, Reviews(id), form, $"{Here}/destruction/{id}", t => ListAsync(id, null, t, desk)));
    }

    private static IResult Start(Typed typed) => OfficeDesk.Of(AdminArea.Screen(Bilingual("Lưu trữ và tiêu hủy", "Archive and destruction"), typed,
        new Notice(Bilingual("Danh mục tiêu hủy và lệnh xuất mở bằng mã; người lập gửi địa chỉ trang cho người phê duyệt.",
            "Lists and orders are opened by their ids: who makes one sends its address to who reviews it.")),
        new Filter(Here, new Ask("list", Bilingual("Mã danh mục tiêu hủy", "Id of a destruction list"))),
        new Filter(Here, new Ask("export", Bilingual("Mã lệnh xuất", "Id of an export"))),
        new Steps(Here, null, Order, Propose)), typed);

    private static Task<IResult> ExportAsync(Guid id, string? after, OfficeDesk desk) =>
        desk.ShowAsync<ArchiveExport>($"admin/archive-exports/{id}", Typed.Nothing, async answer =>
    {
        var (e, items) = (answer.Value!, await desk.GetAsync<Listed<ExportItem>>(Query.Of($"admin/archive-exports/{id}/items?limit=50", ("after", after))));
        var people = await People.OfAsync(desk, e.RequestedBy);
        return AdminArea.Screen(Bilingual($"Xuất lưu trữ đơn vị {e.Unit}", $"Archive export of unit {e.Unit}"), Typed.Nothing,
            new Facts(
                new(Bilingual("Mã lệnh", "Id"), $"{e.Id}"), new(Bilingual("Kết thúc trong", "Closed in"), LocalDay.Span(e.ClosedFrom, e.ClosedTo)),
                new(Bilingual("Người yêu cầu", "Ordered by"), people.Of(e.RequestedBy)), new(Bilingual("Lúc", "At"), Moment.Of(e.RequestedAt)),
                new(Bilingual("Đã ghi", "Written"), $"{e.Done}/{e.Total}"), new(Bilingual("Hỏng", "Failed"), $"{e.Failed}"),
                new(Bilingual("Đã tiêu hủy trước đó", "Destroyed before"), $"{e.Gone}"), new(Bilingual("Xong", "Finished"), Labels.YesNo(e.Finished))),
            Lists.Of(items, Bilingual("Hồ sơ", "Dossiers"), $"{Here}/exports/{id}",
                [Bilingual("Mã hồ sơ", "Code"), Bilingual("Trạng thái", "State"), "SHA-256", Bilingual("Lúc", "At")],
                i => [i.Code ?? $"{i.DossierId}", Labels.State(i.State), i.Sha256, Lists.At(i.DoneAt)])) with
        { Back = new(Bilingual("Lưu trữ", "Archive"), Here) };
    });

    private static Task<IResult> ListAsync(Guid id, string? after, Typed typed, OfficeDesk desk) =>
        desk.ShowAsync<DestructionList>($"admin/destruction-lists/{id}", typed, async answer =>
    {
        var (l, items) = (answer.Value!, await desk.GetAsync<Listed<DestructionItem>>(Query.Of($"admin/destruction-lists/{id}/items?limit=50",
            ("after", after))));
        var people = await People.OfAsync(desk, l.ProposedBy, l.ReviewedBy);
        return AdminArea.Screen(Bilingual($"Danh mục hồ sơ hết giá trị, đơn vị {l.Unit}", $"Destruction list of unit {l.Unit}"), typed,
            FourEyes.Of(l.State == "proposed", l.ProposedBy == desk.Me),
            new Facts(
                new(Bilingual("Mã danh mục", "Id"), $"{l.Id}"), new(Bilingual("Trạng thái", "State"), Labels.State(l.State)),
                new(Bilingual("Số hồ sơ", "Dossiers"), $"{l.Count}"), new(Bilingual("Căn cứ", "Legal basis"), l.LegalBasis),
                new(Bilingual("Người đề nghị", "Proposed by"), people.Of(l.ProposedBy)), new(Bilingual("Đề nghị lúc", "Proposed"), Moment.Of(l.ProposedAt)),
                new(Bilingual("Người phê duyệt", "Reviewed by"), people.Of(l.ReviewedBy)),
                new(Bilingual("Lý do", "Reason"), l.Reason), new(Bilingual("Tiêu hủy xong", "Carried out"), Lists.At(l.ExecutedAt))),
            l.Minutes is null ? null : new Links(new Cell(Bilingual("Biên bản tiêu hủy", "Minutes"), $"{Here}/destruction/{id}/minutes.pdf")),
            Lists.Of(items, Bilingual("Hồ sơ", "Dossiers"), $"{Here}/destruction/{id}",
                [Bilingual("Mã hồ sơ", "Code"), Bilingual("Thủ tục", "Procedure"), Bilingual("Kết thúc", "Closed"), Bilingual("Bảo quản đến", "Kept until"),
                Bilingual("Quy tắc", "Rule"), Bilingual("Trạng thái", "State")],
                i => [i.Code, i.ProcedureCode, Moment.Of(i.ClosedAt), LocalDay.Of(i.KeepUntil), i.Rule, Labels.State(i.State)]),
            l.State == "proposed" ? new Steps($"{Here}/destruction/{id}", answer.Version, Reviews(id)) : null) with
        { Back = new(Bilingual("Lưu trữ", "Archive"), Here) };
    });

    private static IReadOnlyList<Step?> Reviews(Guid id) =>
    [
        new("approval", Bilingual("Phê duyệt tiêu hủy", "Approve the destruction"), HttpMethod.Post, $"admin/destruction-lists/{id}/approval") { IsGrave = true,
            Hint = Bilingual("Hồ sơ bị tiêu hủy vĩnh viễn; hồ sơ đang bị giữ thì không.",
            "The dossiers are destroyed for good, but for those under a legal hold.") },
        new("rejection", Bilingual("Bác danh mục", "Reject the list"), HttpMethod.Post, $"admin/destruction-lists/{id}/rejection",
            new Ask("reason", Bilingual("Lý do", "Reason"), AskKind.Area)),
    ];

    private static Step Order => new("export", Bilingual("Xuất hồ sơ để lưu trữ", "Export dossiers for the archive"), HttpMethod.Post, "admin/archive-exports",
        new Ask("unit", Bilingual("Đơn vị (mã)", "Unit (code)")) { Longest = 20 }, new Ask("closedFrom", Bilingual("Kết thúc từ ngày", "Closed from"), AskKind.Day),
        new Ask("closedTo", Bilingual("Đến ngày", "Closed until"), AskKind.Day))
    { Then = e => $"{Here}/exports/{e?["id"]}" };

    private static Step Propose => new("destruction",
        Bilingual("Đề nghị tiêu hủy hồ sơ hết thời hạn bảo quản", "Propose the destruction of dossiers past their retention"), HttpMethod.Post,
        "admin/destruction-lists",
        new Ask("unit", Bilingual("Đơn vị (mã)", "Unit (code)")) { Longest = 20 }, new Ask("legalBasis", Bilingual("Căn cứ pháp lý", "Legal basis"), AskKind.Area))
    { Then = l => $"{Here}/destruction/{l?["id"]}" };
}
