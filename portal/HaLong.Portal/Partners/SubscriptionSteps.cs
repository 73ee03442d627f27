using System.Text.Json.Nodes;
using HaLong.Portal.Design.Desk;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Partners;

/// <summary>What can be done with subscriptions.</summary>
internal static class SubscriptionSteps
{
    public static Step New(IReadOnlyList<EventType> types) =>
        new("new", Bilingual("Tạo đăng ký", "Make a subscription"), HttpMethod.Post, "subscriptions", [.. Filters(null, types), Headers])
        {
            Show = s => Secret(s?["id"]?.ToString(), s?["secret"]?.ToString()),
        };

    public static IReadOnlyList<Step?> Of(Subscription s)
    {
        var path = $"subscriptions/{s.Id}";
        return
        [
            s.State == "pending" || s.State == "expired" ? new("verification", Bilingual("Chứng minh lại địa chỉ", "Prove the address again"), HttpMethod.Post,
                path + "/verification") : null,
            s.State is "active" or "failing" ? new("pause", Bilingual("Tạm dừng", "Pause"), HttpMethod.Patch,
                path) { Known = new JsonObject { ["state"] = "paused" },
                Hint = Bilingual("Sự kiện được giữ lại và gửi khi tiếp tục.", "Events are kept and come when you resume.") } : null,
            s.State is "paused" or "suspended" ? new("resume", Bilingual("Tiếp tục", "Resume"), HttpMethod.Patch,
                path) { Known = new JsonObject { ["state"] = "active" } } : null,
            new("test", Bilingual("Gửi sự kiện thử", "Send a test event"), HttpMethod.Post, path + "/test") { Show = t => Tested(s.Id, t) },
            new("edit", Bilingual("Sửa địa chỉ, bộ lọc", "Change address and filters"), HttpMethod.Patch, path,
                Filters(s, [])) { Hint = Bilingual("Địa chỉ mới phải được chứng minh lại; bộ lọc áp dụng cho sự kiện từ nay.",
                "A new address is proved anew; filters count for events from now on.") },
            new("headers", Bilingual("Thay tiêu đề riêng", "Replace your own headers"), HttpMethod.Patch, path, Headers),
            new("secret", Bilingual("Thêm mã bí mật", "Add a secret"), HttpMethod.Post, path + "/secrets",
                new Ask("retireOthersAfterHours", Bilingual("Mã cũ hết hạn sau (giờ)", "The old ones end after (hours)"), AskKind.Number, "24") { IsOptional = true,
                    Hint = Bilingual("0: ngay lập tức. Để trống: đến khi bạn bỏ.", "0: at once. Left empty: until you remove them.") })
            { Show = k => Secret(s.Id.ToString(), k?["secret"]?.ToString()) },
            .. (s.Keys is { Count: > 1 } keys ? keys : []).Select(k =>
                new Step("remove-" + k.Id, Bilingual($"Bỏ mã bí mật {k.Id}", $"Remove secret {k.Id}"), HttpMethod.Delete,
                $"{path}/secrets/{k.Id}") { IsGrave = true }),
            new("deletion", Bilingual("Chấm dứt đăng ký", "End the subscription"), HttpMethod.Delete, path) { IsGrave = true, Then = _ => SubscriptionPages.Here,
                Hint = Bilingual("Sự kiện đang chờ bị bỏ.", "What waits is dropped.") },
        ];
    }

    private static IReadOnlyList<Ask> Filters(Subscription? s, IReadOnlyList<EventType> types) =>
    [
        new("url", Bilingual("Địa chỉ nhận", "Address"), AskKind.Text,
            s?.Url) { Hint = Bilingual("https, cổng 443 hoặc 8443, công khai.", "https, port 443 or 8443, public.") },
        new("types", Bilingual("Loại sự kiện (mỗi dòng một tiền tố)", "Types of events (a prefix a line)"), AskKind.Lines,
            s is null ? "vn.halong.dossier." : string.Join('\n', s.Types))
        {
            Hint = types.Count == 0 ? null : Bilingual("Ví dụ: ", "For example: ") + string.Join(", ", types.Take(3).Select(t => t.Type)),
        },
        new("procedures", Bilingual("Chỉ các thủ tục (mã)", "Only procedures (codes)"), AskKind.Lines, string.Join('\n', s?.Procedures ?? [])) { IsOptional = true },
        new("fields", Bilingual("Chỉ các lĩnh vực (mã)", "Only fields (codes)"), AskKind.Lines, string.Join('\n', s?.Fields ?? [])) { IsOptional = true },
        new("units", Bilingual("Chỉ các đơn vị (mã)", "Only units (codes)"), AskKind.Lines, string.Join('\n', s?.Units ?? [])) { IsOptional = true },
        new("subjects", Bilingual("Chỉ các hồ sơ (mã định danh)", "Only dossiers (ids)"), AskKind.Lines, string.Join('\n', s?.Subjects ?? [])) { IsOptional = true },
        new("description", Bilingual("Mô tả cho chính bạn", "Description for yourself"), AskKind.Text, s?.Description)
        {
            IsOptional = true,
            Longest = 200,
            IsClearable = s is not null
        },
    ];

    private static Ask Headers => new("headers", Bilingual("Tiêu đề riêng (mỗi dòng “X-Tên: giá trị”)", "Headers of your own (“X-Name: value”, one a line)"),
        AskKind.Pairs)
    {
        IsOptional = true,
        Hint = Bilingual("Được mã hóa, không hiện lại. Tối đa 10.", "Sealed, never shown again. Ten at most."),
    };

    private static Screen Secret(string? id, string? secret) =>
        PartnerArea.Screen(Bilingual("Mã bí mật để kiểm tra chữ ký", "The secret that signatures are checked with"), Typed.Nothing,
        new Notice(Bilingual("Mã này chỉ hiện một lần. Hãy lưu vào nơi an toàn trước khi rời trang.", "It is shown once. Keep it safe before you leave this page."),
            "warning"),
        new Facts(new FactLine(Bilingual("Đăng ký", "Subscription"), id), new FactLine(Bilingual("Mã bí mật", "Secret"), secret))) with
        { Back = new(Bilingual("Đến đăng ký", "To the subscription"), $"{SubscriptionPages.Here}/{id}") };

    private static Screen Tested(Guid id, JsonNode? t)
    {
        var isDelivered = t?["delivered"]?.GetValue<bool>() == true;
        return PartnerArea.Screen(Bilingual("Sự kiện thử", "The test event"), Typed.Nothing,
            isDelivered ? new Notice(Bilingual("Địa chỉ đã nhận.", "It was taken."), "success") : new Notice(Bilingual("Địa chỉ không nhận.", "It was not taken."),
                "danger"),
            new Facts(
                new(Bilingual("Mã trả lời", "Status"), t?["status"]?.ToString()), new(Bilingual("Lỗi", "Error"), t?["error"]?.ToString()),
                new(Bilingual("Thời gian", "Took"), $"{t?["durationMs"]} ms"),
                new("DNS", t?["dnsMs"] is { } dns ? $"{dns} ms" : null), new(Bilingual("Kết nối", "Connecting"), t?["connectMs"] is { } c ? $"{c} ms" : null),
                new(Bilingual("Mã sự kiện", "Event"), t?["eventId"]?.ToString()))) with
        { Back = new(Bilingual("Đến đăng ký", "To the subscription"), $"{SubscriptionPages.Here}/{id}") };
    }
}
