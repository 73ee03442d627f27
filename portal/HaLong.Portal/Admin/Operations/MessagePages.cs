using System.Text.Json.Nodes;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Design.Desk;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Admin.Operations;

/// <summary>An outgoing message, without address and text.</summary>
public sealed record OutgoingMessage(
    Guid Id, Guid? DossierId, string? DossierCode, string Kind, string Channel, string State, int Attempts, string? Provider, bool MayBeTwice, string? Reason,
    DateTimeOffset CreatedAt, DateTimeOffset DueAt);

/// <summary>A dossier that waits long.</summary>
public sealed record Wait(Guid DossierId, string Code, string UnitCode, string Who, string Reason, string Text, DateTimeOffset Since, DateTimeOffset Latest,
    bool Assumed, bool Late);

/// <summary>How many wait.</summary>
public sealed record WaitCounts(long Late, long Near, IReadOnlyList<WaitGroup> ByReason, IReadOnlyList<WaitGroup> ByWho, IReadOnlyList<WaitGroup> ByUnit);

/// <summary>How many of a kind.</summary>
public sealed record WaitGroup(string Key, long Late, long Near);

/// <summary><c>/admin/operations/messages</c> with dead letters driven again, and <c>/admin/operations/waits</c>.</summary>
internal static class MessagePages
{
    public static readonly string[] States = ["failed", "pending", "expired", "cancelled"];
    private const string Here = OperationPages.Here + "/messages";
    private static readonly string[] Channels = ["email", "sms", "zalo", "push"];

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/operations/messages", (string? state, string? channel, string? provider, string? kind, string? after, OfficeDesk desk) =>
            ListAsync(new Asked(state, channel, provider, kind, after), Typed.Nothing, desk));
        group.MapPost("/operations/messages/{step}", (string step, IFormCollection form, OfficeDesk desk) =>
            desk.TakeAsync(step, [Count, Redrive], form, Here, t => ListAsync(new Asked(null, null, null, null, null), t, desk)));
        group.MapPost("/operations/messages/{id:guid}/{step}",
            (Guid id, string step, IFormCollection form, OfficeDesk desk) => desk.TakeAsync(step, [Again(id)], form, Here, t => OneAsync(id, t, desk)));
        group.MapGet("/operations/messages/{id:guid}", (Guid id, OfficeDesk desk) => OneAsync(id, Typed.Nothing, desk));
        group.MapGet("/operations/waits", WaitsAsync);
    }

    private sealed record Asked(string? State, string? Channel, string? Provider, string? Kind, string? After)
    {
        public string Address(string path, bool isNext) =>
            Query.Of(path, ("state", State), ("channel", Channel), ("provider", Provider), ("kind", Kind), ("after", isNext ? After : null));
    }

    private static Task<IResult> ListAsync(Asked asked, Typed typed, OfficeDesk desk) =>
        desk.ShowAsync<Listed<OutgoingMessage>>(asked.Address("admin/messages?limit=50", true), typed, messages =>
        AdminArea.Screen(Bilingual("Tin nhắn gửi đi", "Outgoing messages"), typed,
            new Filter(Here, new Ask("state", Bilingual("Trạng thái", "State"), AskKind.Choice,
                asked.State ?? "failed")
            { Choices = [.. States.Select(s => new Choice(s, Labels.State(s).Text))] },
                new Ask("channel", Bilingual("Kênh", "Channel"), AskKind.Choice, asked.Channel) { IsOptional = true, Choices = Labels.Choices(Channels) },
                new Ask("provider", Bilingual("Nhà cung cấp", "Provider"), AskKind.Text, asked.Provider) { IsOptional = true },
                new Ask("kind", Bilingual("Loại thông báo", "Kind of notice"), AskKind.Text, asked.Kind) { IsOptional = true }),
            Lists.Of(messages, Bilingual("Tin nhắn", "Messages"), asked.Address(Here, false),
                [Bilingual("Loại", "Kind"), Bilingual("Kênh", "Channel"), Bilingual("Trạng thái", "State"), Bilingual("Lý do", "Reason"),
                Bilingual("Số lần", "Attempts"), Bilingual("Hồ sơ", "Dossier"), Bilingual("Tạo lúc", "Created"), Bilingual("Việc", "Do")],
                m => [m.Kind, $"{Labels.Name(m.Channel)} {m.Provider}", Labels.State(m.State), m.Reason,
                    $"{m.Attempts}{(m.MayBeTwice ? Bilingual(", có thể trùng", ", may be twice") : "")}", m.DossierCode, Moment.Of(m.CreatedAt),
                    m.State == "failed" ? new Cell(Bilingual("Gửi lại", "Send again"), $"{Here}/{m.Id}") : ""]),
            new Steps(Here, null, Count, Redrive)) with
        { Back = new(Bilingual("Vận hành", "Operations"), OperationPages.Here) });

    private static Task<IResult> OneAsync(Guid id, Typed typed, OfficeDesk desk) =>
        Task.FromResult(OfficeDesk.Of(AdminArea.Screen(Bilingual("Gửi lại một tin", "Send a message again"), typed,
        new Facts(new FactLine(Bilingual("Mã tin", "Message"), $"{id}")),
        new Steps($"{Here}/{id}", null, Again(id))) with
        { Back = new(Bilingual("Tin nhắn", "Messages"), Here) }, typed));

    private static Step Again(Guid id) => new("redrive", Bilingual("Gửi lại", "Send again"), HttpMethod.Post, $"admin/messages/{id}/redrive")
    {
        IsOpen = true,
        Hint = Bilingual("Nhà cung cấp được hỏi trước về lần gửi chưa có trả lời, để người nhận không nhận hai lần.",
        "Its provider is asked first about attempts without an answer, so that nobody gets it twice.")
    };

    private static IReadOnlyList<Ask> Which =>
    [
        new("channel", Bilingual("Kênh", "Channel"), AskKind.Choice) { IsOptional = true, Choices = Labels.Choices(Channels) },
        new("provider", Bilingual("Nhà cung cấp", "Provider")) { IsOptional = true },
        new("kind", Bilingual("Loại thông báo", "Kind of notice")) { IsOptional = true },
        new("createdBefore", Bilingual("Tạo trước", "Created before"), AskKind.Moment) { IsOptional = true },
    ];

    private static Step Count => new("count", Bilingual("Đếm tin sẽ gửi lại", "Count what would be sent again"), HttpMethod.Post, "admin/messages/redrive",
        Which)
    { Known = new JsonObject { ["dryRun"] = true }, Show = Result };

    private static Step Redrive => new("redrive", Bilingual("Gửi lại nhiều tin", "Send many again"), HttpMethod.Post, "admin/messages/redrive", Which)
    {
        IsGrave = true,
        Known = new JsonObject { ["dryRun"] = false },
        Show = Result,
        Hint = Bilingual("Tối đa 1.000 tin mỗi lần, cũ nhất trước.", "At most 1,000 at a time, the oldest first.")
    };

    private static Screen Result(JsonNode? answer) => AdminArea.Screen(Bilingual("Gửi lại tin nhắn", "Messages sent again"), Typed.Nothing,
        new Notice(answer?["order"] is null ? Bilingual($"{answer?["count"]} tin sẽ được gửi lại.", $"{answer?["count"]} would be sent again.")
            : Bilingual($"Đang gửi lại {answer["count"]} tin.", $"{answer["count"]} are sent again."), "success"),
        new Facts(new FactLine(Bilingual("Mã lệnh", "Order"), answer?["order"]?.ToString()))) with
    { Back = new(Bilingual("Tin nhắn", "Messages"), Here) };

    private static async Task<IResult> WaitsAsync(string? unit, string? reason, string? who, bool? late, string? after, OfficeDesk desk)
    {
        const string here = OperationPages.Here + "/waits";
        var query = new[] { ("unit", unit), ("reason", reason), ("who", who), ("late", late == true ? "true" : null) };
        var counts = await desk.GetAsync<WaitCounts>(Query.Of("admin/waits/counts", query));
        return await desk.ShowAsync<Listed<Wait>>(Query.Of("admin/waits?limit=50", [.. query, ("after", after)]), Typed.Nothing,
            waits => AdminArea.Screen(Bilingual("Hồ sơ chờ quá lâu", "Waits"), Typed.Nothing,
            counts.Value is { } c ? new Facts(new FactLine(Bilingual("Quá hạn", "Late"), $"{c.Late}"), new FactLine(Bilingual("Sắp quá hạn", "Near"), $"{c.Near}"))
                : null,
            counts.Value is { } g ? Groups(Bilingual("Theo lý do", "By reason"), "reason", g.ByReason) : null,
            counts.Value is { } u ? Groups(Bilingual("Theo đơn vị", "By unit"), "unit", u.ByUnit) : null,
            Lists.Of(waits, Bilingual("Hồ sơ", "Dossiers"), Query.Of(here, query),
                [Bilingual("Mã hồ sơ", "Code"), Bilingual("Đơn vị", "Unit"), Bilingual("Ai phải làm", "Whose move"), Bilingual("Vì sao", "Why"),
                Bilingual("Từ", "Since"), Bilingual("Chậm nhất", "Latest"), Bilingual("Tình trạng", "State")],
                w => [w.Code, w.UnitCode, Labels.Name(w.Who), w.Text, Moment.Of(w.Since),
                    Moment.Of(w.Latest) + (w.Assumed ? Bilingual(" (tạm tính)", " (assumed)") : ""),
                    w.Late ? new Cell(Bilingual("quá hạn", "late"), null, "danger") : new Cell(Bilingual("sắp", "near"), null, "warning")])) with
            { Back = new(Bilingual("Vận hành", "Operations"), OperationPages.Here) });

        Table Groups(string caption, string name, IReadOnlyList<WaitGroup> groups) =>
            new(caption, [Bilingual("Nhóm", "Group"), Bilingual("Quá hạn", "Late"), Bilingual("Sắp", "Near")],
            [.. groups.Select(x => (IReadOnlyList<Cell>)[new Cell(x.Key, Query.Of(here, (name, x.Key))), $"{x.Late}", $"{x.Near}"])]);
    }
}
