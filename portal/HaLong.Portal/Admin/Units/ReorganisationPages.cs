using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Design.Desk;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Admin.Units;

/// <summary>A reorganisation in a list.</summary>
public sealed record ReorganisationLine(Guid Id, string State, DateOnly Effective, string LegalBasis, Guid SubmittedBy, DateTimeOffset SubmittedAt, Guid? DecidedBy,
    DateTimeOffset? DecidedAt);

/// <summary>A reorganisation with what it would do.</summary>
public sealed record Reorganisation(
    Guid Id, string State, DateOnly Effective, string LegalBasis, Guid SubmittedBy, DateTimeOffset SubmittedAt, Guid? DecidedBy, DateTimeOffset? DecidedAt,
    ReorganisationReport Report);

/// <summary>What it would do, and what stands in its way.</summary>
public sealed record ReorganisationReport(
    bool Applicable, IReadOnlyList<string> Ended, IReadOnlyList<string> Created, int Transitions, int PlacesOpened, int PlacesClosed,
    IReadOnlyList<SplitUnit> Splits, IReadOnlyList<StaffMove> Moves, int GrantsWithdrawn,
    IReadOnlyList<Finding> Faults, IReadOnlyList<Finding> Warnings);

/// <summary>A unit that is divided.</summary>
public sealed record SplitUnit(string UnitId, IReadOnlyList<string> Targets, int Staff, string? Choice);

/// <summary>Where somebody's work goes.</summary>
public sealed record StaffMove(Guid AssignmentId, Guid AccountId, string From, string? To, string How);

/// <summary>What to mend or to look at.</summary>
public sealed record Finding(string Code, string Subject, string Vi, string En);

/// <summary><c>/admin/reorganisations</c>: merging, dividing and renaming units: written up, tried out, and applied by another administrator.</summary>
internal static class ReorganisationPages
{
    private const string Here = "/admin/reorganisations";
    private static readonly string[] Kinds = ["merge", "split", "rename", "recode", "transfer"],
    UnitKinds = ["ward", "commune", "specialZone", "province", "city", "district", "town", "township"];

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/reorganisations", (string? after, OfficeDesk desk) => ListAsync(after, Typed.Nothing, desk));
        group.MapPost("/reorganisations/{step}", (string step, IFormCollection form, OfficeDesk desk) =>
            desk.TakeAsync(step, [Submit], form, Here, t => ListAsync(null, t, desk)));
        group.MapGet("/reorganisations/{id:guid}", (Guid id, OfficeDesk desk) => ShowAsync(id, Typed.Nothing, desk));
        group.MapPost("/reorganisations/{id:guid}/{step}",
            (Guid id, string step, IFormCollection form, OfficeDesk desk) => desk.TakeAsync(step, Steps(id), form, $"{Here}/{id}", t => ShowAsync(id, t, desk)));
    }

    private static Task<IResult> ListAsync(string? after, Typed typed, OfficeDesk desk) =>
        desk.ShowAsync<Listed<ReorganisationLine>>(Query.Of("admin/reorganisations?limit=50", ("after", after)), typed, async list =>
    {
        var people = await People.OfAsync(desk, list.Value!.Items.Select(r => (Guid?)r.SubmittedBy));
        return AdminArea.Screen(Bilingual("Sắp xếp đơn vị hành chính", "Reorganisations"), typed,
            Lists.Of(list, Bilingual("Phương án", "Reorganisations"), Here,
                [Bilingual("Căn cứ", "Legal basis"), Bilingual("Hiệu lực", "Effective"), Bilingual("Trạng thái", "State"), Bilingual("Người lập", "By"),
                Bilingual("Lập lúc", "At")],
                r => [new Cell(r.LegalBasis, $"{Here}/{r.Id}"), LocalDay.Of(r.Effective), Labels.State(r.State), people.Of(r.SubmittedBy),
                    Moment.Of(r.SubmittedAt)]),
            new Steps(Here, null, Submit));
    });

    private static Task<IResult> ShowAsync(Guid id, Typed typed, OfficeDesk desk) =>
        desk.ShowAsync<Reorganisation>($"admin/reorganisations/{id}", typed, async answer =>
    {
        var (r, report) = (answer.Value!, answer.Value!.Report);
        var people = await People.OfAsync(desk, [r.SubmittedBy, r.DecidedBy, .. report.Moves.Select(m => (Guid?)m.AccountId)]);
        return AdminArea.Screen(r.LegalBasis, typed,
            FourEyes.Of(r.State == "draft", r.SubmittedBy == desk.Me),
            r.State != "draft" ? null : report.Applicable ? new Notice(Bilingual("Chạy thử: có thể áp dụng.", "Tried out: it can be applied."), "success")
                : new Notice(Bilingual("Chạy thử: chưa áp dụng được, xem các lỗi bên dưới.", "Tried out: it cannot be applied, see the faults below."), "danger"),
            new Facts(
                new(Bilingual("Trạng thái", "State"), Labels.State(r.State)), new(Bilingual("Hiệu lực từ", "Effective"), LocalDay.Of(r.Effective)),
                new(Bilingual("Người lập", "Written up by"), people.Of(r.SubmittedBy)),
                new(Bilingual("Người quyết định", "Decided by"), people.Of(r.DecidedBy)), new(Bilingual("Quyết định lúc", "Decided"), Lists.At(r.DecidedAt)),
                new(Bilingual("Đơn vị chấm dứt", "Units that end"), string.Join(", ", report.Ended)),
                new(Bilingual("Đơn vị mới", "New units"), string.Join(", ", report.Created)),
                new(Bilingual("Nơi tiếp nhận mở, đóng", "Places opened, closed"), $"{report.PlacesOpened}, {report.PlacesClosed}"),
                new(Bilingual("Đề nghị vai trò bị rút", "Requests withdrawn"), $"{report.GrantsWithdrawn}")),
            new Bullets(Bilingual("Lỗi phải sửa", "Faults"), [.. report.Faults.Select(f => $"{f.Subject}: {Bilingual(f.Vi, f.En)}")]),
            new Bullets(Bilingual("Nên xem lại", "Worth a second look"), [.. report.Warnings.Select(f => $"{f.Subject}: {Bilingual(f.Vi, f.En)}")]),
            new Table(Bilingual("Đơn vị bị chia", "Divided units"),
                [Bilingual("Đơn vị", "Unit"), Bilingual("Chia cho", "Targets"), Bilingual("Nhân sự", "Staff"), Bilingual("Nhân sự về", "Staff go to")],
                [.. report.Splits.Select(s => (IReadOnlyList<Cell>)[s.UnitId, string.Join(", ", s.Targets), $"{s.Staff}",
                    s.Choice ?? Bilingual("chưa chọn", "not chosen")])]),
            new Table(Bilingual("Nhân sự chuyển", "Staff that move"),
                [Bilingual("Ai", "Who"), Bilingual("Từ", "From"), Bilingual("Đến", "To"), Bilingual("Cách", "How")],
                [.. report.Moves.Take(200).Select(m => (IReadOnlyList<Cell>)[people.Of(m.AccountId), m.From, m.To ?? Bilingual("kết thúc", "ends"), m.How])]),
            r.State == "draft" ? new Steps($"{Here}/{id}", answer.Version, Steps(id)) : null) with
        { Back = new(Bilingual("Sắp xếp đơn vị", "Reorganisations"), Here) };
    });

    private static IReadOnlyList<Step?> Steps(Guid id) =>
    [
        new("application", Bilingual("Áp dụng", "Apply"), HttpMethod.Post, $"admin/reorganisations/{id}/application") { IsGrave = true,
            Hint = Bilingual("Tất cả hoặc không gì cả; không hoàn tác được. Phải do quản trị viên khác người lập.",
            "All of it or nothing; it cannot be undone. By another administrator than who wrote it up.") },
        new("discard", Bilingual("Bỏ phương án", "Discard"), HttpMethod.Delete, $"admin/reorganisations/{id}") { IsGrave = true },
    ];

    private static Step Submit => new("submit", Bilingual("Lập và chạy thử phương án", "Write one up and try it out"), HttpMethod.Post, "admin/reorganisations",
        new Ask("effective", Bilingual("Ngày có hiệu lực", "First day of the new order"), AskKind.Day),
        new Ask("legalBasis", Bilingual("Căn cứ pháp lý", "The decision"), AskKind.Area) { Longest = 500 },
        new Ask("units", Bilingual("Đơn vị từ ngày đó", "Units from that day on"), AskKind.Rows)
        {
            Columns = [new("code", Bilingual("Mã", "Code")), new("nameVi", Bilingual("Tên đầy đủ", "Full Vietnamese name")),
                new("shortNameVi", Bilingual("Tên ngắn", "Short name")), new("nameEn", Bilingual("Tên tiếng Anh", "English name")),
                new("kind", Bilingual("Loại", "Kind"), AskKind.Choice) { Choices = Labels.Choices(UnitKinds) },
                new("level", Bilingual("Cấp", "Level"), AskKind.Choice) { Choices = Labels.Choices("commune", "district", "province") },
                new("parentCode", Bilingual("Thuộc (mã)", "Under (code)"))],
        },
        new Ask("transitions", Bilingual("Đơn vị cũ trở thành gì", "What becomes of the old units"), AskKind.Rows)
        {
            Hint = Bilingual("Đơn vị cũ: mã@ngày-bắt-đầu, ví dụ 06658@2019-12-17. Chia tách: mỗi nơi nhận một dòng, đánh dấu “một phần”.",
                "The old unit as code@first-day, such as 06658@2019-12-17. A split has a line for each target, each “in part”."),
            Columns = [new("from", Bilingual("Đơn vị cũ", "Old unit")), new("to", Bilingual("Về đơn vị (mã)", "To (code)")),
                new("kind", Bilingual("Cách", "How"), AskKind.Choice) { Choices = Labels.Choices(Kinds) },
                new("part", Bilingual("Một phần", "In part"), AskKind.Flag)],
        },
        new Ask("splitChoices", Bilingual("Nhân sự của đơn vị bị chia về đâu", "Where the staff of divided units go"),
            AskKind.Rows)
        { Columns = [new("from", Bilingual("Đơn vị cũ", "Old unit")), new("to", Bilingual("Về đơn vị (mã)", "To (code)"))] },
        new Ask("ends", Bilingual("Đơn vị chấm dứt không có nơi kế thừa (mỗi dòng một đơn vị)", "Units that end without a successor (one a line)"),
            AskKind.Lines)
        { IsOptional = true })
    { Then = r => $"{Here}/{r?["id"]}" };
}
