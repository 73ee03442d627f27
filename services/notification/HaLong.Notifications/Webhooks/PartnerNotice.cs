using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Webhooks;

/// <summary>The mail to a partner, in both languages: who reads it is a system's keeper, whose language nobody knows.</summary>
internal static class PartnerNotice
{
    public const string Paused = "paused", Resumed = "resumed";

    public static (string Subject, string Text) Of(TellPartner notice)
    {
        var at = TimeZoneInfo.ConvertTime(notice.At, LocalTime.Zone).ToString("HH:mm dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture);
        var (vi, en) = Why(notice.Reason);
        return notice.What == Resumed
            ? ("Đã tiếp tục gửi sự kiện – Event delivery has resumed",
                $"""
                Đăng ký {notice.SubscriptionId} ({notice.Host}): lúc {at}, hệ thống đã tiếp tục gửi sự kiện. Các sự kiện chờ được gửi theo đúng thứ tự.

                Subscription {notice.SubscriptionId} ({notice.Host}): event delivery resumed at {at}. What waited is delivered in order.
                """)
            : ("Tạm dừng gửi sự kiện – Event delivery is paused",
                $"""
                Đăng ký {notice.SubscriptionId} ({notice.Host}): lúc {at}, hệ thống đã tạm dừng gửi sự kiện. {vi}
                Sự kiện không bị mất: được giữ lại và cũng đọc được qua GET /api/v1/events trong 90 ngày.

                Subscription {notice.SubscriptionId} ({notice.Host}): event delivery was paused at {at}. {en}
                Nothing is lost: events wait, and can be read by GET /api/v1/events for 90 days.
                """);
    }

    private static (string Vi, string En) Why(string reason) => reason switch
    {
        Domain.StateReasons.Gone => (
            "Hệ thống nhận trả lời 410 (không nhận nữa). Hãy kích hoạt lại bằng PATCH khi sẵn sàng.",
            "The receiver answered 410 (gone). Activate it again by PATCH when it is ready."),
        Domain.StateReasons.Revoked => (
            "Ứng dụng không còn quyền nhận sự kiện. Hãy liên hệ quản trị viên, sau đó kích hoạt lại bằng PATCH.",
            "The client may not receive events any more. Ask an administrator, then activate it again by PATCH."),
        _ => (
            "Không gửi được sự kiện nào trong thời gian dài. Hệ thống tự thử lại vài phút một lần và tự tiếp tục khi địa chỉ trả lời.",
            "Nothing got through for long. The address is tried every few minutes; delivery resumes by itself as soon as it answers."),
    };
}
