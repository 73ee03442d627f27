using HaLong.Portal.Admin.Units;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Design.Desk;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Admin.Staff;

/// <summary>A request for roles.</summary>
public sealed record Grant(
    Guid Id, Guid AccountId, string DisplayName, UnitLabel Unit, string Title, IReadOnlyList<string> Roles, DateOnly ValidFrom, DateOnly? ValidTo,
    string? DecisionNumber, string? LegalBasis, string State,
    Guid RequestedBy, DateTimeOffset RequestedAt, DateTimeOffset ExpiresAt, Guid? DecidedBy, DateTimeOffset? DecidedAt, string? Reason);

/// <summary><c>/admin/grants</c>: roles that take two administrators.</summary>
internal static class GrantPages
{
    private const string Here = "/admin/grants";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/grants", ListAsync);
        group.MapGet("/grants/{id:guid}", (Guid id, OfficeDesk desk) => ShowAsync(id, Typed.Nothing, desk));
        group.MapPost("/grants/{id:guid}/{step}", (Guid id, string step, IFormCollection form, OfficeDesk desk) =>
            desk.TakeAsync(step, [Confirm(id), Refuse(id), Withdraw(id)], form, $"{Here}/{id}", t => ShowAsync(id, t, desk)));
    }

    public static Table Table(IReadOnlyList<Grant> grants, string? next) => new(
        Bilingual("Đề nghị cấp vai trò", "Requests for roles"),
        [Bilingual("Ai", "Who"), Bilingual("Vai trò", "Roles"), Bilingual("Đơn vị", "Unit"), Bilingual("Trạng thái", "State"), Bilingual("Hết hạn", "Lapses")],
        [.. grants.Select(g => (IReadOnlyList<Cell>)[new Cell(g.DisplayName, $"{Here}/{g.Id}"), StaffPages.Names(g.Roles), Bilingual(g.Unit.NameVi, g.Unit.NameEn),
            Labels.State(g.State), Moment.Of(g.ExpiresAt)])],
        null, next);

    private static Task<IResult> ListAsync(string? state, string? after, OfficeDesk desk) =>
        desk.ShowAsync<Listed<Grant>>(Query.Of("admin/grants?limit=50", ("state", state), ("after", after)), Typed.Nothing, grants =>
        AdminArea.Screen(Bilingual("Đề nghị cấp vai trò", "Requests for roles"), Typed.Nothing,
            new Filter(Here, new Ask("state", Bilingual("Trạng thái", "State"), AskKind.Choice, state)
            {
                IsOptional = true,
                Choices = [.. new[] { "pending", "confirmed", "refused", "withdrawn", "expired" }.Select(s => new Choice(s, Labels.State(s).Text))]
            }),
            Table(grants.Value!.Items, grants.Value.After is { } next ? Query.Of(Here, ("state", state), ("after", next)) : null)));

    private static Task<IResult> ShowAsync(Guid id, Typed typed, OfficeDesk desk) => desk.ShowAsync<Grant>($"admin/grants/{id}", typed, async answer =>
    {
        var g = answer.Value!;
        var (people, own) = (await People.OfAsync(desk, g.RequestedBy, g.DecidedBy), g.RequestedBy == desk.Me);
        return AdminArea.Screen(Bilingual($"Đề nghị cấp vai trò cho {g.DisplayName}", $"Roles for {g.DisplayName}"), typed,
            FourEyes.Of(g.State == "pending", own),
            new Facts(
                new(Bilingual("Ai", "Who"), new Cell(g.DisplayName, $"/admin/staff/{g.AccountId}")), new(Bilingual("Vai trò", "Roles"), StaffPages.Names(g.Roles)),
                new(Bilingual("Đơn vị", "Unit"), Bilingual(g.Unit.NameVi, g.Unit.NameEn)),
                new(Bilingual("Chức danh", "Title"), g.Title), new(Bilingual("Thời gian", "Time"), LocalDay.Span(g.ValidFrom, g.ValidTo)),
                new(Bilingual("Quyết định", "Decision"), g.DecisionNumber), new(Bilingual("Căn cứ", "Legal basis"), g.LegalBasis),
                new(Bilingual("Trạng thái", "State"), Labels.State(g.State)), new(Bilingual("Người đề nghị", "Asked by"), people.Of(g.RequestedBy)),
                new(Bilingual("Đề nghị lúc", "Asked at"), Moment.Of(g.RequestedAt)),
                new(Bilingual("Hết hạn", "Lapses"), Moment.Of(g.ExpiresAt)), new(Bilingual("Người quyết định", "Decided by"), people.Of(g.DecidedBy)),
                new(Bilingual("Lý do", "Reason"), g.Reason)),
            g.State == "pending" ? new Steps($"{Here}/{id}", answer.Version, own ? [Withdraw(id)] : [Confirm(id), Refuse(id)]) : null) with
        { Back = new(Bilingual("Đề nghị cấp vai trò", "Requests for roles"), Here) };
    });

    private static Step Confirm(Guid id) => new("confirmation", Bilingual("Xác nhận", "Confirm"), HttpMethod.Post, $"admin/grants/{id}/confirmation");

    private static Step Refuse(Guid id) => new("refusal", Bilingual("Từ chối", "Refuse"), HttpMethod.Post, $"admin/grants/{id}/refusal",
        new Ask("reason", Bilingual("Lý do", "Reason"), AskKind.Area) { Longest = 500 })
    { IsGrave = true };

    private static Step Withdraw(Guid id) => new("withdrawal", Bilingual("Rút đề nghị", "Take it back"), HttpMethod.Delete, $"admin/grants/{id}") { IsGrave = true };
}
