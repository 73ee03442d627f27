using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Design.Desk;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Partners;

/// <summary>A subscription of the partner.</summary>
public sealed record Subscription(
    Guid Id, string Url, IReadOnlyList<string> Types, IReadOnlyList<string> Procedures, IReadOnlyList<string> Fields, IReadOnlyList<string> Units,
    IReadOnlyList<Guid> Subjects, string? Description,
    IReadOnlyList<string> HeaderNames, string State, string? StateReason, DateTimeOffset? StateSince, DateTimeOffset CreatedAt, IReadOnlyList<SigningKey>? Keys,
    Proof? Proof);

/// <summary>A secret, without its value.</summary>
public sealed record SigningKey(Guid Id, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

/// <summary>How far the proof of the address is.</summary>
public sealed record Proof(DateTimeOffset StartedAt, DateTimeOffset ExpiresAt, int Attempts, string? LastError);

/// <summary>How a subscription does.</summary>
public sealed record Metrics(MetricSpan LastHour, MetricSpan LastDay, long Pending, DateTimeOffset? OldestPendingAt, long Dead, int FailuresInARow,
    DateTimeOffset? FailingSince);

/// <summary>In a time.</summary>
public sealed record MetricSpan(long Delivered, long Dead, long Attempts, double? SuccessRate, double? LagP50, double? LagP95);

/// <summary>What happened to it.</summary>
public sealed record HistoryEntry(DateTimeOffset At, string What, string? Reason, string By);

/// <summary><c>/partner/subscriptions</c>: made with filters, proved, paused, with secrets that change without a gap.</summary>
internal static class SubscriptionPages
{
    internal const string Here = PartnerArea.Start + "/subscriptions";

    public static void Map(RouteGroupBuilder own)
    {
        own.MapGet("/subscriptions", (string? after, OfficeDesk desk, AsyncApi catalogue) => ListAsync(after, Typed.Nothing, desk, catalogue));
        own.MapPost("/subscriptions/{step}", async (string step, IFormCollection form, OfficeDesk desk, AsyncApi catalogue) =>
            await desk.TakeAsync(step, [SubscriptionSteps.New([])], form, Here, t => ListAsync(null, t, desk, catalogue)));
        own.MapGet("/subscriptions/{id:guid}", (Guid id, OfficeDesk desk) => ShowAsync(id, Typed.Nothing, desk));
        own.MapPost("/subscriptions/{id:guid}/{step}", TakeAsync);
    }

    private static Task<IResult> ListAsync(string? after, Typed typed, OfficeDesk desk, AsyncApi catalogue) =>
        desk.ShowAsync<Listed<Subscription>>(Query.Of("subscriptions?limit=50", ("after", after)), typed, async list =>
    {
        var types = await catalogue.EventsAsync(CancellationToken.None) ?? [];
        return PartnerArea.Screen(Bilingual("Đăng ký nhận sự kiện", "Subscriptions"), typed,
            Lists.Of(list, Bilingual("Đăng ký", "Subscriptions"), Here,
                [Bilingual("Địa chỉ", "Address"), Bilingual("Mô tả", "Description"), Bilingual("Loại sự kiện", "Types"), Bilingual("Trạng thái", "State"),
                Bilingual("Từ", "Since")],
                s => [new Cell(s.Url, $"{Here}/{s.Id}"), s.Description, string.Join(", ", s.Types), Labels.State(s.State), Moment.Of(s.StateSince ?? s.CreatedAt)],
                Bilingual("Chưa có đăng ký nào.", "There are none yet.")),
            new Steps(Here, null, SubscriptionSteps.New(types)));
    });

    private static async Task<IResult> TakeAsync(Guid id, string step, IFormCollection form, OfficeDesk desk)
    {
        var subscription = await desk.GetAsync<Subscription>($"subscriptions/{id}");
        return desk.Stop(subscription) ?? await desk.TakeAsync(step, SubscriptionSteps.Of(subscription.Value!), form, $"{Here}/{id}", t => ShowAsync(id, t, desk));
    }

    private static Task<IResult> ShowAsync(Guid id, Typed typed, OfficeDesk desk) => desk.ShowAsync<Subscription>($"subscriptions/{id}", typed, async answer =>
    {
        var (s, metrics, history) = (answer.Value!, desk.GetAsync<Metrics>($"subscriptions/{id}/metrics"),
            desk.GetAsync<Listed<HistoryEntry>>($"subscriptions/{id}/history?limit=20"));
        return PartnerArea.Screen(s.Description ?? s.Url, typed,
            s.Proof is { } proof ? new Notice(Bilingual(
                $"Địa chỉ chưa được chứng minh: đã thử {proof.Attempts} lần, hạn {Moment.Of(proof.ExpiresAt)}. Trả lời 2xx kèm challenge, hoặc mở confirmUrl.{Why(proof.LastError)}",
                $"The address is not proved: {proof.Attempts} tries, until {Moment.Of(proof.ExpiresAt)}. Answer 2xx with the challenge, or open confirmUrl.{Why(proof.LastError)}"),
                "warning") : null,
            new Facts(
                new(Bilingual("Trạng thái", "State"), Labels.State(s.State)), new(Bilingual("Lý do", "Reason"), s.StateReason),
                new(Bilingual("Từ", "Since"), Lists.At(s.StateSince)), new(Bilingual("Địa chỉ", "Address"), s.Url),
                new(Bilingual("Loại sự kiện", "Types"), string.Join(", ", s.Types)), new(Bilingual("Thủ tục", "Procedures"), string.Join(", ", s.Procedures)),
                new(Bilingual("Lĩnh vực", "Fields"), string.Join(", ", s.Fields)),
                new(Bilingual("Đơn vị", "Units"), string.Join(", ", s.Units)), new(Bilingual("Hồ sơ", "Dossiers"), string.Join(", ", s.Subjects)),
                new(Bilingual("Tiêu đề riêng", "Headers of your own"), string.Join(", ", s.HeaderNames))),
            new Links(new Cell(Bilingual("Nhật ký gửi và gửi lại", "Deliveries and replay"), $"{Here}/{id}/deliveries")),
            Figures(await metrics),
            new Table(Bilingual("Mã bí mật đang ký", "Secrets that sign"), [Bilingual("Mã", "Id"), Bilingual("Cấp lúc", "Made"), Bilingual("Hết hạn", "Ends")],
                [.. (s.Keys ?? []).Select(k => (IReadOnlyList<Cell>)[$"{k.Id}", Moment.Of(k.CreatedAt), Lists.At(k.ExpiresAt) ?? Bilingual("không", "never")])]),
            new Steps($"{Here}/{id}", answer.Version, SubscriptionSteps.Of(s)),
            Lists.Of(await history, Bilingual("Đã xảy ra", "What happened"), null,
                [Bilingual("Lúc", "When"), Bilingual("Việc", "What"), Bilingual("Lý do", "Reason"), Bilingual("Bởi", "By")],
                h => [Moment.Of(h.At), h.What, h.Reason, h.By])) with
        { Back = new(Bilingual("Đăng ký nhận sự kiện", "Subscriptions"), Here) };
    });

    private static string Why(string? error) => error is null ? "" : Bilingual($" Lần cuối: {error}.", $" The last one: {error}.");

    private static Part Figures(Answer<Metrics> answer) => answer.Value is not { } m ? Lists.Unread(Bilingual("Số liệu gửi", "Figures"), answer.Trouble) : new Table(
        Bilingual($"Số liệu gửi · đang chờ {m.Pending}, bỏ cuộc {m.Dead}", $"Figures · {m.Pending} wait, {m.Dead} given up"),
        [Bilingual("Trong", "In"), Bilingual("Đã nhận", "Delivered"), Bilingual("Bỏ cuộc", "Given up"), Bilingual("Tỷ lệ", "Rate"),
            Bilingual("Trễ trung vị", "Median lag"), Bilingual("Trễ 95 %", "95 % lag")],
        [Row(Bilingual("1 giờ", "1 hour"), m.LastHour), Row(Bilingual("24 giờ", "24 hours"), m.LastDay)]);

    private static IReadOnlyList<Cell> Row(string name, MetricSpan s) =>
        [name, $"{s.Delivered}", $"{s.Dead}", s.SuccessRate is { } rate ? $"{rate:P0}" : "–", Seconds(s.LagP50), Seconds(s.LagP95)];

    private static string Seconds(double? seconds) => seconds is { } s ? $"{s:0.##} s" : "–";
}
