using System.Text.Json.Nodes;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Design.Desk;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Admin.Operations;

/// <summary>Something an administrator did.</summary>
public sealed record AuditEntry(DateTimeOffset At, Guid? ActorId, string? ActorName, string? ActorUnit, string Action, string TargetType, string TargetId,
    string? UnitId, JsonNode? Before, JsonNode? After);

/// <summary><c>/admin/audit</c>: who changed what.</summary>
internal static class AuditPages
{
    private const string Here = "/admin/audit";

    public static void Map(RouteGroupBuilder group) => group.MapGet("/audit", ListAsync);

    private static Task<IResult> ListAsync(string? action, string? target, string? unit, string? from, string? to, string? after, OfficeDesk desk)
    {
        var query = new[] { ("action", action), ("target", target), ("unit", unit), ("from", from), ("to", to) };
        return desk.ShowAsync<Listed<AuditEntry>>(Query.Of("admin/audit?limit=50", [.. query, ("after", after)]), Typed.Nothing,
            log => AdminArea.Screen(Bilingual("Nhật ký quản trị", "Audit"), Typed.Nothing,
            new Filter(Here, new Ask("action", Bilingual("Việc", "Action"), AskKind.Text, action) { IsOptional = true },
                new Ask("target", Bilingual("Đối tượng (mã)", "Target (id)"), AskKind.Text, target) { IsOptional = true },
                new Ask("unit", Bilingual("Đơn vị", "Unit"), AskKind.Text, unit) { IsOptional = true },
                new Ask("from", Bilingual("Từ ngày", "From"), AskKind.Day, from) { IsOptional = true },
                new Ask("to", Bilingual("Đến ngày", "To"), AskKind.Day, to) { IsOptional = true }),
            Lists.Of(log, Bilingual("Đã thay đổi", "Changes"), Query.Of(Here, query),
                [Bilingual("Lúc", "When"), Bilingual("Ai", "Who"), Bilingual("Việc", "Action"), Bilingual("Đối tượng", "Target"), Bilingual("Trước", "Before"),
                Bilingual("Sau", "After")],
                e => [Moment.Of(e.At), e.ActorName ?? (e.ActorId is null ? Bilingual("Hệ thống", "The platform") : $"{e.ActorId}"), e.Action,
                    e.TargetType == "account" ? new Cell(e.TargetId, $"/admin/staff/{e.TargetId}") : $"{e.TargetType} {e.TargetId}", e.Before?.ToJsonString(),
                    e.After?.ToJsonString()])));
    }
}
