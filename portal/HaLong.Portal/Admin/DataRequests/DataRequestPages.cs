using System.Text.Json.Nodes;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Design.Desk;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Admin.DataRequests;

/// <summary>A request about somebody's own data.</summary>
public sealed record DataRequest(
    Guid Id, string Kind, string State, string? UnitCode, DateTimeOffset ReceivedAt, DateTimeOffset? AcknowledgeBy, DateTimeOffset CompleteBy,
    DateTimeOffset? AcknowledgedAt,
    DateTimeOffset? DecidedAt, string? Reason, string? LegalBasis, JsonNode? Outcome);

/// <summary>A request in the list.</summary>
public sealed record DataRequestLine(DataRequest Request, Guid AccountId, bool Overdue);

/// <summary>A request with what the person wrote.</summary>
public sealed record DataRequestDetail(DataRequestLine Desk, string PersonName, DataRequestDetails Details);

/// <summary>What the person wrote; the personal number masked.</summary>
public sealed record DataRequestDetails(string? Note, ProposedChanges? Changes);

/// <summary>Corrections that are proposed.</summary>
public sealed record ProposedChanges(string? DisplayName, DateOnly? BirthDate, string? PersonalNumber, string? Email, string? Phone);

/// <summary><c>/admin/data-requests</c>: what people ask about their data, with the limits of the law.</summary>
internal static class DataRequestPages
{
    private const string Here = "/admin/data-requests";
    private static readonly string[] States = ["received", "acknowledged", "inProgress", "completed", "refused"];

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/data-requests", ListAsync);
        group.MapGet("/data-requests/{id:guid}", (Guid id, OfficeDesk desk) => ShowAsync(id, Typed.Nothing, desk));
        group.MapPost("/data-requests/{id:guid}/{step}", (Guid id, string step, IFormCollection form, OfficeDesk desk) =>
            desk.TakeAsync(step, Steps(id, "received"), form, $"{Here}/{id}", t => ShowAsync(id, t, desk)));
    }

    private static Task<IResult> ListAsync(string? state, string? overdue, string? after, OfficeDesk desk)
    {
        var query = new[] { ("state", state), ("overdue", overdue == "true" ? "true" : null) };
        return desk.ShowAsync<Listed<DataRequestLine>>(Query.Of("data-requests?limit=50", [.. query, ("after", after)]), Typed.Nothing,
            list => AdminArea.Screen(
            Bilingual("Yêu cầu về dữ liệu cá nhân", "Requests about personal data"), Typed.Nothing,
            new Filter(Here,
                new Ask("state", Bilingual("Trạng thái", "State"), AskKind.Choice, state)
                {
                    IsOptional = true,
                    Choices = [.. States.Select(s => new Choice(s, Labels.State(s).Text))]
                },
                new Ask("overdue", Bilingual("Chỉ yêu cầu quá hạn", "Only those past a limit"), AskKind.Flag, overdue)),
            Lists.Of(list, Bilingual("Yêu cầu", "Requests"), Query.Of(Here, query),
                [Bilingual("Loại", "Kind"), Bilingual("Trạng thái", "State"), Bilingual("Nhận lúc", "Received"), Bilingual("Báo nhận trước", "Acknowledge by"),
                    Bilingual("Thực hiện trước", "Complete by"), Bilingual("Hạn", "Limit")],
                r =>
                [
                    new Cell(Labels.Name(r.Request.Kind), $"{Here}/{r.Request.Id}"), Labels.State(r.Request.State), Moment.Of(r.Request.ReceivedAt),
                    Lists.At(r.Request.AcknowledgeBy), Moment.Of(r.Request.CompleteBy), Limit(r),
                ])));
    }

    private static Task<IResult> ShowAsync(Guid id, Typed typed, OfficeDesk desk) => desk.ShowAsync<DataRequestDetail>($"data-requests/{id}", typed, answer =>
    {
        var (d, r) = (answer.Value!, answer.Value!.Desk.Request);
        return AdminArea.Screen($"{Labels.Name(r.Kind)}: {d.PersonName}", typed,
            new Facts(
                new(Bilingual("Trạng thái", "State"), Labels.State(r.State)), new(Bilingual("Hạn", "Limit"), Limit(d.Desk)),
                new(Bilingual("Nhận lúc", "Received"), Moment.Of(r.ReceivedAt)),
                new(Bilingual("Báo nhận trước", "Acknowledge by"), Lists.At(r.AcknowledgeBy)),
                new(Bilingual("Đã báo nhận", "Acknowledged"), Lists.At(r.AcknowledgedAt)),
                new(Bilingual("Thực hiện trước", "Complete by"), Moment.Of(r.CompleteBy)), new(Bilingual("Quyết định lúc", "Decided"), Lists.At(r.DecidedAt)),
                new(Bilingual("Lý do", "Reason"), r.Reason), new(Bilingual("Căn cứ", "Legal basis"), r.LegalBasis), new(Bilingual("Đơn vị", "Unit"), r.UnitCode),
                new(Bilingual("Người yêu cầu viết", "The person wrote"), d.Details.Note)),
            d.Details.Changes is { } c ? new Facts(
                new(Bilingual("Họ tên mới", "New name"), c.DisplayName), new(Bilingual("Ngày sinh mới", "New birth date"), LocalDay.Of(c.BirthDate)),
                new(Bilingual("Số định danh mới", "New personal number"), c.PersonalNumber),
                new(Bilingual("Thư mới", "New e-mail"), c.Email), new(Bilingual("Điện thoại mới", "New telephone"), c.Phone)) : null,
            new Steps($"{Here}/{id}", answer.Version, Steps(id, r.State))) with
        { Back = new(Bilingual("Yêu cầu về dữ liệu", "Data requests"), Here) };
    });

    private static Cell Limit(DataRequestLine r) => r.Overdue ? new Cell(Bilingual("quá hạn", "past"), null, "danger")
        : new Cell(Bilingual("trong hạn", "in time"), null, "success");

    private static IReadOnlyList<Step?> Steps(Guid id, string state) => state is "completed" or "refused" ? [] :
    [
        state == "received" ? new("acknowledgement", Bilingual("Báo đã nhận", "Acknowledge"), HttpMethod.Post, $"data-requests/{id}/acknowledgement") : null,
        state is "received" or "acknowledged" ? new("start", Bilingual("Bắt đầu thực hiện", "Start"), HttpMethod.Post, $"data-requests/{id}/start") : null,
        new("completion", Bilingual("Hoàn thành", "Complete"), HttpMethod.Post, $"data-requests/{id}/completion",
            new Ask("evidence", Bilingual("Căn cứ đã đối chiếu", "What it was compared with"), AskKind.Area) { Hint = Bilingual("Ít nhất 10 ký tự.", "At least 10 characters.") })
        { IsGrave = true, Hint = Bilingual("Dữ liệu được sửa, hạn chế hoặc xóa đúng như yêu cầu.", "The data are corrected, restricted or deleted as asked.") },
        new("refusal", Bilingual("Từ chối", "Refuse"), HttpMethod.Post, $"data-requests/{id}/refusal",
            new Ask("reason", Bilingual("Lý do", "Reason"), AskKind.Area), new Ask("legalBasis", Bilingual("Căn cứ pháp lý", "Legal basis"), AskKind.Area)),
    ];
}
