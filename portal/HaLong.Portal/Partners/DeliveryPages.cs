using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Design.Desk;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Partners;

/// <summary>An event on its way to a subscription.</summary>
public sealed record Delivery(
    Guid EventId, string Type, Guid DossierId, long Sequence, string State, int Attempts, DateTimeOffset? NextAttemptAt, DateTimeOffset CreatedAt,
    DateTimeOffset? DeliveredAt, DateTimeOffset? ReplayedAt,
    IReadOnlyList<DeliveryAttempt> Log);

/// <summary>An attempt and how it was answered.</summary>
public sealed record DeliveryAttempt(int Number, DateTimeOffset At, int? Status, int DurationMs, string? Error, string? Url, IReadOnlyDictionary<string,
    string> Headers, int? DnsMs, int? ConnectMs);

/// <summary>A delivery with its body.</summary>
public sealed record DeliveryWithBody(Delivery Delivery, JsonNode Body);

/// <summary><c>/partner/subscriptions/{id}/deliveries</c>: every attempt with its answer, and replay.</summary>
internal static class DeliveryPages
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] States = ["pending", "delivered", "dead"];

    public static void Map(RouteGroupBuilder own)
    {
        own.MapGet("/subscriptions/{id:guid}/deliveries",
            (Guid id, string? state, string? after, OfficeDesk desk) => ListAsync(id, state, after, Typed.Nothing, desk));
        own.MapPost("/subscriptions/{id:guid}/deliveries/{step}", (Guid id, string step, IFormCollection form, OfficeDesk desk) =>
            desk.TakeAsync(step, Replays(id), form, Here(id), t => ListAsync(id, null, null, t, desk)));
        own.MapGet("/subscriptions/{id:guid}/deliveries/{eventId:guid}", (Guid id, Guid eventId, OfficeDesk desk) => ShowAsync(id, eventId, Typed.Nothing, desk));
        own.MapPost("/subscriptions/{id:guid}/deliveries/{eventId:guid}/{step}", (Guid id, Guid eventId, string step, IFormCollection form, OfficeDesk desk) =>
            desk.TakeAsync(step, [One(id, eventId)], form, $"{Here(id)}/{eventId}", t => ShowAsync(id, eventId, t, desk)));
    }

    private static string Here(Guid id) => $"{SubscriptionPages.Here}/{id}/deliveries";

    private static Task<IResult> ListAsync(Guid id, string? state, string? after, Typed typed, OfficeDesk desk) =>
        desk.ShowAsync<Listed<Delivery>>(Query.Of($"subscriptions/{id}/deliveries?limit=50", ("state", state), ("after", after)), typed,
            list => PartnerArea.Screen(Bilingual("Nhật ký gửi", "Deliveries"), typed,
            new Filter(Here(id), new Ask("state", Bilingual("Trạng thái", "State"), AskKind.Choice, state)
            {
                IsOptional = true,
                Choices = [.. States.Select(s => new Choice(s, Labels.State(s).Text))]
            }),
            Lists.Of(list, Bilingual("Sự kiện", "Events"), Query.Of(Here(id), ("state", state)),
                [Bilingual("Sự kiện", "Event"), Bilingual("Hồ sơ, thứ tự", "Dossier, sequence"), Bilingual("Trạng thái", "State"), Bilingual("Số lần", "Attempts"),
                    Bilingual("Trả lời cuối", "Last answer"), Bilingual("Lần tới", "Next try"), Bilingual("Tạo lúc", "Made")],
                d => [new Cell(d.Type, $"{Here(id)}/{d.EventId}"), $"{d.DossierId} · {d.Sequence}", Labels.State(d.State), $"{d.Attempts}",
                    d.Log is [.., var last] ? Said(last) : "", Lists.At(d.NextAttemptAt), Moment.Of(d.CreatedAt)]),
            new Steps(Here(id), null, Replays(id))) with
            { Back = new(Bilingual("Đến đăng ký", "To the subscription"), $"{SubscriptionPages.Here}/{id}") });

    private static string Said(DeliveryAttempt a) => a.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? a.Error ?? "–";

    private static Task<IResult> ShowAsync(Guid id, Guid eventId, Typed typed, OfficeDesk desk) =>
        desk.ShowAsync<DeliveryWithBody>($"subscriptions/{id}/deliveries/{eventId}", typed, answer =>
    {
        var d = answer.Value!.Delivery;
        return PartnerArea.Screen(d.Type, typed,
            new Facts(
                new(Bilingual("Mã sự kiện", "Event"), $"{d.EventId}"), new(Bilingual("Hồ sơ", "Dossier"), $"{d.DossierId}"),
                new(Bilingual("Thứ tự", "Sequence"), $"{d.Sequence}"), new(Bilingual("Trạng thái", "State"), Labels.State(d.State)),
                new(Bilingual("Đã nhận lúc", "Delivered"), Lists.At(d.DeliveredAt)), new(Bilingual("Lần tới", "Next try"), Lists.At(d.NextAttemptAt)),
                new(Bilingual("Gửi lại lúc", "Replayed"), Lists.At(d.ReplayedAt))),
            new Table(Bilingual("Các lần gửi", "Attempts"),
                ["#", Bilingual("Lúc", "When"), Bilingual("Trả lời", "Answer"), Bilingual("Thời gian", "Took"), "DNS", Bilingual("Kết nối", "Connecting"),
                Bilingual("Địa chỉ", "Address")],
                [.. d.Log.Select(a => (IReadOnlyList<Cell>)[$"{a.Number}", Moment.Of(a.At), Said(a), $"{a.DurationMs} ms", a.DnsMs is { } dns ? $"{dns} ms" : "–",
                    a.ConnectMs is { } c ? $"{c} ms" : "–", a.Url])]),
            d.Log is [.., var last] ? new Verbatim(Bilingual("Tiêu đề của lần cuối", "Headers of the last one"),
                string.Join('\n', last.Headers.Select(h => $"{h.Key}: {h.Value}"))) : null,
            new Verbatim(Bilingual("Nội dung đã gửi", "What was sent"), answer.Value.Body.ToJsonString(Indented)),
            d.State == "pending" ? null : new Steps($"{Here(id)}/{eventId}", null, One(id, eventId))) with
        { Back = new(Bilingual("Nhật ký gửi", "Deliveries"), Here(id)) };
    });

    private static Step One(Guid id, Guid eventId) =>
        new("replay", Bilingual("Gửi lại sự kiện này", "Deliver it once more"), HttpMethod.Post,
        $"subscriptions/{id}/replay")
        { Known = new JsonObject { ["eventIds"] = new JsonArray(eventId.ToString()) } };

    private static IReadOnlyList<Step?> Replays(Guid id)
    {
        var path = $"subscriptions/{id}/replay";
        return
        [
            new("replay-time", Bilingual("Gửi lại theo thời gian", "Replay a time"), HttpMethod.Post, path, new Ask("from", Bilingual("Từ", "From"), AskKind.Moment),
                new Ask("to", Bilingual("Đến", "To"), AskKind.Moment) { IsOptional = true }, Trial) { Show = r => Report(id, r) },
            new("replay-sequence", Bilingual("Gửi lại theo con trỏ", "Replay from a cursor"), HttpMethod.Post, path,
                new Ask("after", Bilingual("Sau con trỏ của dòng sự kiện", "After this cursor of the feed")),
                new Ask("until", Bilingual("Đến con trỏ", "Up to this cursor")) { IsOptional = true }, Trial)
            { Show = r => Report(id, r) },
            new("replay-events", Bilingual("Gửi lại các sự kiện nêu tên", "Replay named events"), HttpMethod.Post, path,
                new Ask("eventIds", Bilingual("Mã sự kiện (mỗi dòng một mã, tối đa 100)", "Ids of events (one a line, at most 100)"), AskKind.Lines),
                Trial) { Show = r => Report(id, r) },
            new("replay-dead", Bilingual("Gửi lại sự kiện đã bỏ cuộc", "Replay what was given up"), HttpMethod.Post, path,
                Trial) { Known = new JsonObject { ["dead"] = true }, Show = r => Report(id, r) },
        ];
    }

    private static Ask Trial => new("dryRun", Bilingual("Chỉ đếm, chưa gửi", "Only count"), AskKind.Flag, "true");

    private static Screen Report(Guid id, JsonNode? r) => PartnerArea.Screen(Bilingual("Gửi lại", "Replay"), Typed.Nothing,
        new Notice(r?["dryRun"]?.GetValue<bool>() == true ? Bilingual($"{r["events"]} sự kiện sẽ được gửi lại.", $"{r["events"]} events would be delivered again.")
            : Bilingual($"{r?["events"]} sự kiện đang được gửi lại.", $"{r?["events"]} events are delivered again."), "success")) with
    { Back = new(Bilingual("Nhật ký gửi", "Deliveries"), Here(id)) };
}
