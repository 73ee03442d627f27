namespace HaLong.Notifications.Domain;

/// <summary>Why a message is not where it should be, in the reader's words. Never what a provider said: that may hold an address.</summary>
internal static class FailureWords
{
    /// <summary>Null for what is on its way or arrived.</summary>
    public static string? In(MessageState state, string? reason, string language) => Of(state, reason) is var (vi, en) ? (language == "en" ? en : vi) : null;

    private static (string Vi, string En)? Of(MessageState state, string? reason) => (state, reason) switch
    {
        (MessageState.Pending, "quiet hours") => ("chờ đến sáng để không làm phiền ban đêm", "waits for the morning, not to disturb at night"),
        (MessageState.Pending, "limit") => ("chờ vì đã gửi nhiều tin trong thời gian ngắn", "waits because many messages were sent in a short time"),
        (MessageState.Pending, { }) => ("chưa gửi được, hệ thống đang thử lại", "could not be sent yet and is tried again"),
        (MessageState.Cancelled, "gathered") => ("đã gộp vào thư tổng hợp", "was put into a summary with others"),
        (MessageState.Cancelled, "condition") => ("không cần gửi nữa vì việc đã xong", "no longer had to be sent: it was done"),
        (MessageState.Cancelled, "opted out") => ("người nhận không muốn nhận loại tin này", "its reader wants no such messages"),
        (MessageState.Cancelled, "limit: same text") => ("không gửi lại vì nội dung này vừa được gửi", "was not repeated: the same had just been sent"),
        (MessageState.Cancelled, _) => ("không cần gửi nữa", "no longer had to be sent"),
        (MessageState.Expired, _) => ("quá hạn, không còn ích khi gửi", "was too late to be of use"),
        (MessageState.Failed, "no address") => ("không có địa chỉ hoặc số điện thoại", "there is no address or number"),
        (MessageState.Failed, _) => ("không đến được người nhận", "did not reach its reader"),
        _ => null,
    };
}
