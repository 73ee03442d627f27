using System.Text.Json.Nodes;
using HaLong.Portal.Admin.Operations;
using HaLong.Portal.Api;
using HaLong.Portal.Design.Desk;
using HaLong.ServiceDefaults;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Admin.Start;

/// <summary><c>/admin</c>: what waits for a decision. What cannot be read is said and does not hide the rest.</summary>
internal static class AdminStart
{
    private sealed record Kind(string? DraftState);

    private sealed record Year(string State);

    private sealed record Counts(long Late, long Near);

    public static async Task<IResult> GetAsync(OfficeDesk desk, TimeProvider time)
    {
        var year = LocalTime.Date(time.GetUtcNow()).Year;
        var (review, approved, grants, reorganisations, dead) = (
            desk.GetAsync<Listed<JsonNode>>("admin/procedures/drafts?state=review&limit=100"),
            desk.GetAsync<Listed<JsonNode>>("admin/procedures/drafts?state=approved&limit=100"),
            desk.GetAsync<Listed<JsonNode>>("admin/grants?state=pending&limit=100"), desk.GetAsync<Listed<Reorganised>>("admin/reorganisations?limit=100"),
            desk.GetAsync<Listed<JsonNode>>("admin/messages?state=failed&limit=100"));
        var (templates, waits, providers, now, next) = (
            desk.GetAsync<IReadOnlyList<Kind>>("admin/notice-templates"), desk.GetAsync<Counts>("admin/waits/counts"),
            desk.GetAsync<IReadOnlyList<Provider>>("admin/message-providers"), desk.GetAsync<Year>($"calendar?year={year}"),
            desk.GetAsync<Year>($"calendar?year={year + 1}"));
        var requests = desk.GetAsync<Listed<JsonNode>>("data-requests?overdue=true&limit=100");
        var first = await review;
        // One look tells whether the visitor is an administrator at all.
        if ((int)first.Status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden && desk.Stop(first) is { } otherwise)
            return otherwise;
        IReadOnlyList<Cell>[] rows =
        [
            Row(Bilingual("Thủ tục chờ thẩm định", "Procedures in review"), "/admin/procedures?state=review", Lists.Count(first)),
            Row(Bilingual("Thủ tục đã duyệt, chờ công bố", "Procedures approved, to be published"), "/admin/procedures?state=approved", Lists.Count(await approved)),
            Row(Bilingual("Mẫu thông báo chờ duyệt", "Message templates in review"), "/admin/templates",
                (await templates).Value?.Count(k => k.DraftState == "inReview")),
            Row(Bilingual("Đề nghị cấp vai trò", "Requests for roles"), "/admin/grants?state=pending", Lists.Count(await grants)),
            Row(Bilingual("Phương án sắp xếp chờ áp dụng", "Reorganisations to be applied"), "/admin/reorganisations",
                (await reorganisations).Value?.Items.Count(r => r.State == "draft")),
            Row(Bilingual("Yêu cầu về dữ liệu cá nhân quá hạn", "Data requests past a limit"), "/admin/data-requests?overdue=true", Lists.Count(await requests)),
            Row(Bilingual("Hồ sơ quá hạn bước", "Waits past their latest date"), "/admin/operations/waits?late=true", (await waits).Value?.Late),
            Row(Bilingual("Hồ sơ sắp quá hạn bước", "Waits near their latest date"), "/admin/operations/waits", (await waits).Value?.Near),
            Row(Bilingual("Tin nhắn không gửi được", "Messages that could not be sent"), "/admin/operations/messages?state=failed", Lists.Count(await dead)),
            Row(Bilingual("Kênh gửi tin tắt hoặc đang lỗi", "Message providers off or failing"), "/admin/operations",
                (await providers).Value?.Count(p => p.Mode == "disabled" || p.CircuitOpen)),
            [new Cell(Bilingual($"Lịch làm việc {year}", $"Calendar of {year}"), $"/admin/calendar?year={year}"), Labels.State((await now).Value?.State)],
            [new Cell(Bilingual($"Lịch làm việc {year + 1}", $"Calendar of {year + 1}"), $"/admin/calendar?year={year + 1}"),
                Labels.State((await next).Value?.State)],
        ];
        return OfficeDesk.Of(AdminArea.Screen(Bilingual("Quản trị", "Administration"), Typed.Nothing,
            new Table(Bilingual("Đang chờ quyết định", "Waiting for a decision"), [Bilingual("Việc", "What"), Bilingual("Số lượng", "How many")], rows)),
            Typed.Nothing);
    }

    private sealed record Reorganised(string State);

    private static Cell[] Row(string what, string href, object? count) =>
        [new Cell(what, href), count is null ? Bilingual("không đọc được", "cannot be read") : new Cell($"{count}", null,
            count is string { Length: > 4 } ? "warning" : $"{count}" == "0" ? "success" : "warning")];
}
