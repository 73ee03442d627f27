using HaLong.Portal.Admin.Archive;
using HaLong.Portal.Admin.Calendars;
using HaLong.Portal.Admin.Clients;
using HaLong.Portal.Admin.DataRequests;
using HaLong.Portal.Admin.Operations;
using HaLong.Portal.Admin.Procedures;
using HaLong.Portal.Admin.Staff;
using HaLong.Portal.Admin.Start;
using HaLong.Portal.Admin.Templates;
using HaLong.Portal.Admin.Units;
using HaLong.Portal.Design.Desk;
using HaLong.Portal.Session;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Admin;

/// <summary><c>/admin</c>: what administrators decide on. Who may do what the API decides.</summary>
internal static class AdminArea
{
    /// <summary>The pages of the area.</summary>
    public static IReadOnlyList<Cell> Ways =>
    [
        new(Bilingual("Tổng quan", "Overview"), "/admin"),
        new(Bilingual("Thủ tục", "Procedures"), "/admin/procedures"),
        new(Bilingual("Mẫu thông báo", "Message templates"), "/admin/templates"),
        new(Bilingual("Lịch làm việc", "Calendar"), "/admin/calendar"),
        new(Bilingual("Đơn vị", "Units"), "/admin/units"),
        new(Bilingual("Sắp xếp đơn vị", "Reorganisations"), "/admin/reorganisations"),
        new(Bilingual("Nhân sự", "Staff"), "/admin/staff"),
        new(Bilingual("Đề nghị cấp vai trò", "Requests for roles"), "/admin/grants"),
        new(Bilingual("Ứng dụng đối tác", "Partner clients"), "/admin/clients"),
        new(Bilingual("Yêu cầu về dữ liệu", "Data requests"), "/admin/data-requests"),
        new(Bilingual("Lưu trữ", "Archive"), "/admin/archive"),
        new(Bilingual("Vận hành", "Operations"), "/admin/operations"),
        new(Bilingual("Nhật ký", "Audit"), "/admin/audit"),
    ];

    public static void MapAdmin(this IEndpointRouteBuilder app)
    {
        // A reform of a province has a thousand fields, and the catalogue is one of them.
        var group = app.MapGroup("/admin").RequireAuthorization(SessionSetup.SignedIn).WithFormOptions(valueCountLimit: 10_000, valueLengthLimit: 32 << 20);
        group.MapGet("", AdminStart.GetAsync);
        ProcedurePages.Map(group);
        DraftPages.Map(group);
        TemplatePages.Map(group);
        TemplateDraftPages.Map(group);
        CalendarPages.Map(group);
        UnitPages.Map(group);
        ReorganisationPages.Map(group);
        StaffPages.Map(group);
        GrantPages.Map(group);
        ClientPages.Map(group);
        DataRequestPages.Map(group);
        ArchivePages.Map(group);
        OperationPages.Map(group);
        MessagePages.Map(group);
        NationalPages.Map(group);
        AuditPages.Map(group);
    }

    /// <summary>A page of the area.</summary>
    public static Screen Screen(string title, Typed typed, params IReadOnlyList<Part?> parts) => new(title, Ways, typed, parts);
}
