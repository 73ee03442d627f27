using HaLong.Portal.Admin.Units;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Design.Desk;
using HaLong.ServiceDefaults;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Admin.Staff;

/// <summary>An official or helper in a list.</summary>
public sealed record StaffLine(Guid Id, string Kind, string UserName, string DisplayName, string? HelperKind, bool Closed, IReadOnlyList<StaffWork> Work);

/// <summary>Where somebody works.</summary>
public sealed record StaffWork(UnitLabel Unit, string Title, IReadOnlyList<string> Roles);

/// <summary>An official or helper.</summary>
public sealed record StaffMember(
    Guid Id, string Kind, string UserName, string DisplayName, string? PersonalNumber, string? Email, string? Phone, string? HelperKind, bool Closed,
    bool HasPassword, IReadOnlyList<Assignment> Assignments,
    IReadOnlyList<Grant> Grants, DateTimeOffset CreatedAt);

/// <summary>An appointment.</summary>
public sealed record Assignment(
    Guid Id, UnitLabel Unit, string Title, IReadOnlyList<string> Roles, DateOnly ValidFrom, DateOnly? ValidTo, bool Primary, string? DecisionNumber,
    DateTimeOffset? RevokedAt, string? EndReason, uint Version);

/// <summary><c>/admin/staff</c>: who works where as what. Roles of approver and above take a second administrator.</summary>
internal static class StaffPages
{
    private const string Here = "/admin/staff";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/staff", (string? q, string? unit, string? role, string? after, OfficeDesk desk) => ListAsync(q, unit, role, after, Typed.Nothing, desk));
        group.MapPost("/staff/{step}", (string step, IFormCollection form, OfficeDesk desk) =>
            desk.TakeAsync(step, [New], form, Here, t => ListAsync(null, null, null, null, t, desk)));
        group.MapGet("/staff/{id:guid}", (Guid id, OfficeDesk desk) => ShowAsync(id, Typed.Nothing, desk));
        group.MapPost("/staff/{id:guid}/{step}", (Guid id, string step, IFormCollection form, OfficeDesk desk) =>
            desk.TakeAsync(step, Steps(id, false), form, $"{Here}/{id}", t => ShowAsync(id, t, desk)));
        group.MapGet("/staff/{id:guid}/assignments/{assignment:guid}",
            (Guid id, Guid assignment, OfficeDesk desk) => AssignmentAsync(id, assignment, Typed.Nothing, desk));
        group.MapPost("/staff/{id:guid}/assignments/{assignment:guid}/{step}", (Guid id, Guid assignment, string step, IFormCollection form, OfficeDesk desk) =>
            desk.TakeAsync(step, Changes(id, assignment, null), form, $"{Here}/{id}/assignments/{assignment}", t => AssignmentAsync(id, assignment, t, desk)));
    }

    public static string Names(IEnumerable<string> roles) => string.Join(", ", roles.Select(Labels.Name));

    private static Task<IResult> ListAsync(string? q, string? unit, string? role, string? after, Typed typed, OfficeDesk desk)
    {
        var query = new[] { ("q", q), ("unit", unit), ("role", role) };
        return desk.ShowAsync<Listed<StaffLine>>(Query.Of("admin/staff?limit=50", [.. query, ("after", after)]), typed,
            staff => AdminArea.Screen(Bilingual("Nhân sự", "Staff"), typed,
            new Filter(Here, new Ask("q", Bilingual("Tên hoặc tên đăng nhập", "Name or user name"), AskKind.Text, q),
                new Ask("unit", Bilingual("Đơn vị (mã)", "Unit (code)"), AskKind.Text, unit) { IsOptional = true },
                new Ask("role", Bilingual("Vai trò", "Role"), AskKind.Choice, role)
                {
                    IsOptional = true,
                    Choices = Labels.Choices([.. Roles.OfOfficials, Roles.Helper])
                }),
            Lists.Of(staff, Bilingual("Cán bộ và người hỗ trợ", "Officials and helpers"), Query.Of(Here, query),
                [Bilingual("Tên", "Name"), Bilingual("Tên đăng nhập", "User name"), Bilingual("Loại", "Kind"), Bilingual("Làm việc", "Works as"),
                Bilingual("Trạng thái", "State")],
                s => [new Cell(s.DisplayName, $"{Here}/{s.Id}"), s.UserName, Labels.Name(s.HelperKind ?? s.Kind),
                    string.Join("; ", s.Work.Select(w => $"{w.Title}, {Bilingual(w.Unit.NameVi, w.Unit.NameEn)} ({Names(w.Roles)})")),
                    s.Closed ? new Cell(Bilingual("Đã đóng", "Closed"), null, "neutral") : ""]),
            new Steps(Here, null, New)));
    }

    private static Task<IResult> ShowAsync(Guid id, Typed typed, OfficeDesk desk) => desk.ShowAsync<StaffMember>($"admin/staff/{id}", typed, answer =>
    {
        var s = answer.Value!;
        return AdminArea.Screen(s.DisplayName, typed,
            s.Closed ? new Notice(Bilingual("Tài khoản đã đóng.", "The account is closed."), "warning") : null,
            s.HasPassword || s.Closed ? null : new Notice(Bilingual("Chưa kích hoạt: người này đặt mật khẩu bằng “Quên mật khẩu” ở trang đăng nhập.",
                "Not activated: the person sets a password by “Forgot password” at the sign-in.")),
            new Facts(
                new(Bilingual("Tên đăng nhập", "User name"), s.UserName), new(Bilingual("Loại", "Kind"), Labels.Name(s.HelperKind ?? s.Kind)),
                new(Bilingual("Số định danh", "Personal number"), s.PersonalNumber),
                new(Bilingual("Điện thoại", "Telephone"), s.Phone), new(Bilingual("Thư điện tử", "E-mail"), s.Email),
                new(Bilingual("Tạo lúc", "Created"), Moment.Of(s.CreatedAt))),
            new Table(Bilingual("Phân công", "Assignments"),
                [Bilingual("Chức danh", "Title"), Bilingual("Đơn vị", "Unit"), Bilingual("Vai trò", "Roles"), Bilingual("Thời gian", "Time"),
                Bilingual("Quyết định", "Decision"), Bilingual("Ghi chú", "Note")],
                [.. s.Assignments.Select(a => (IReadOnlyList<Cell>)[new Cell(a.Title, $"{Here}/{id}/assignments/{a.Id}"), Bilingual(a.Unit.NameVi, a.Unit.NameEn),
                    Names(a.Roles), LocalDay.Span(a.ValidFrom, a.ValidTo), a.DecisionNumber,
                    a.RevokedAt is null ? a.Primary ? Bilingual("chính", "main") : "" : Bilingual("đã kết thúc", "ended")])]),
            s.Grants.Count == 0 ? null : GrantPages.Table(s.Grants, null),
            s.Closed ? null : new Steps($"{Here}/{id}", answer.Version, Steps(id, s.Kind == "helper"))) with
        { Back = new(Bilingual("Nhân sự", "Staff"), Here) };
    });

    private static Task<IResult> AssignmentAsync(Guid id, Guid assignment, Typed typed, OfficeDesk desk) =>
        desk.ShowAsync<StaffMember>($"admin/staff/{id}", typed, answer =>
    {
        var a = answer.Value!.Assignments.FirstOrDefault(x => x.Id == assignment);
        return AdminArea.Screen(a is null ? Bilingual("Không có phân công này", "There is no such assignment") : $"{answer.Value.DisplayName}: {a.Title}", typed,
            a is null ? null : new Facts(
                new(Bilingual("Đơn vị", "Unit"), Bilingual(a.Unit.NameVi, a.Unit.NameEn)), new(Bilingual("Vai trò", "Roles"), Names(a.Roles)),
                new(Bilingual("Thời gian", "Time"), LocalDay.Span(a.ValidFrom, a.ValidTo)),
                new(Bilingual("Kết thúc", "Ended"), Lists.At(a.RevokedAt)), new(Bilingual("Lý do kết thúc", "Why it ended"), a.EndReason)),
            a is null or { RevokedAt: not null } ? null : new Steps($"{Here}/{id}/assignments/{assignment}", $"\"{a.Version}\"", Changes(id, assignment, a))) with
        { Back = new(answer.Value.DisplayName, $"{Here}/{id}") };
    });

    private static IReadOnlyList<Step?> Changes(Guid id, Guid assignment, Assignment? a) =>
    [
        new("change", Bilingual("Sửa phân công", "Change it"), HttpMethod.Patch, $"admin/staff/{id}/assignments/{assignment}",
            new Ask("title", Bilingual("Chức danh", "Title"), AskKind.Text, a?.Title) { Longest = 200 },
            new Ask("validTo", Bilingual("Ngày cuối", "Last day"), AskKind.Day, LocalDay.Field(a?.ValidTo)) { IsOptional = true },
            new Ask("decisionNumber", Bilingual("Số quyết định", "Decision"), AskKind.Text, a?.DecisionNumber) { IsOptional = true, Longest = 100 }),
        new("end", Bilingual("Kết thúc ngay", "End it now"), HttpMethod.Delete, $"admin/staff/{id}/assignments/{assignment}",
            new Ask("decision", Bilingual("Số quyết định", "Decision")) { IsOptional = true, Longest = 100 })
        { IsGrave = true, InAddress = ["decision"], Then = _ => $"{Here}/{id}",
            Hint = Bilingual("Mọi phiên làm việc với vai trò này hết hiệu lực ngay.", "All work under its roles ends at once.") },
    ];

    private static IReadOnlyList<Step?> Steps(Guid id, bool isHelper) =>
    [
        new("appoint", Bilingual("Thêm phân công", "Appoint"), HttpMethod.Post, $"admin/staff/{id}/assignments", Appointment("", isHelper))
        { Hint = Bilingual("Vai trò phê duyệt trở lên thành đề nghị, quản trị viên thứ hai xác nhận trong 7 ngày.",
            "Roles of approver and above become a request that a second administrator confirms within seven days.") },
        new("lock", Bilingual("Mở khóa đăng nhập", "Lift the lock of the sign-in"), HttpMethod.Delete, $"admin/staff/{id}/lock"),
        new("sessions", Bilingual("Chấm dứt mọi phiên", "End all sessions"), HttpMethod.Delete, $"admin/staff/{id}/sessions") { IsGrave = true },
        new("closing", Bilingual("Đóng tài khoản", "Close the account"), HttpMethod.Post, $"admin/staff/{id}/closing") { IsGrave = true,
            Hint = Bilingual("Mọi phân công và đề nghị kết thúc.", "All assignments and requests end.") },
    ];

    private static IReadOnlyList<Ask> Appointment(string prefix, bool isHelper) =>
    [
        new(prefix + "unit", Bilingual("Đơn vị (mã)", "Unit (code)")) { Longest = 40 }, new(prefix + "title", Bilingual("Chức danh", "Title")) { Longest = 200 },
        .. isHelper ? Array.Empty<Ask>() : [new(prefix + "roles", Bilingual("Vai trò", "Roles"), AskKind.Choices) { Choices = Labels.Choices(Roles.OfOfficials),
            Hint = Bilingual("Người hỗ trợ: để trống.", "Helpers: leave empty.") }],
        new(prefix + "validFrom", Bilingual("Từ ngày", "First day"), AskKind.Day) { IsOptional = true },
        new(prefix + "validTo", Bilingual("Đến ngày", "Last day"), AskKind.Day) { IsOptional = true },
        new(prefix + "decisionNumber", Bilingual("Số quyết định", "Decision")) { IsOptional = true, Longest = 100 },
        new(prefix + "legalBasis", Bilingual("Căn cứ", "Legal basis"), AskKind.Area) { IsOptional = true, Longest = 500 },
    ];

    private static Step New => new("new", Bilingual("Thêm người", "Add somebody"), HttpMethod.Post, "admin/staff",
    [
        new Ask("kind", Bilingual("Loại", "Kind"), AskKind.Choice, "official") { Choices = Labels.Choices("official", Roles.Helper) },
        new Ask("userName", Bilingual("Tên đăng nhập", "User name")) { Longest = 50,
            Hint = Bilingual("3–50 chữ không dấu, số, dấu chấm, gạch ngang.", "3 to 50 letters, digits, dots or dashes.") },
        new Ask("displayName", Bilingual("Họ và tên", "Name")) { Longest = 200 },
        new Ask("personalNumber", Bilingual("Số định danh cá nhân", "Personal number")) { IsOptional = true, Longest = 12 },
        new Ask("phone", Bilingual("Điện thoại", "Telephone")) { IsOptional = true, Longest = 10 },
        new Ask("email", Bilingual("Thư điện tử", "E-mail")) { IsOptional = true,
            Hint = Bilingual("Cần điện thoại hoặc thư điện tử để kích hoạt.", "One of the two is needed to activate the account.") },
        new Ask("helperKind", Bilingual("Người hỗ trợ thuộc", "A helper of"), AskKind.Choice) { IsOptional = true,
            Choices = Labels.Choices("postOffice", "communeOneStop", "youthUnion") },
        .. Appointment("appointment.", false),
    ])
    { Then = s => $"{Here}/{s?["id"]}" };
}
