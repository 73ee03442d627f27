using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Features.Subscriptions;

/// <summary>The refusals of subscriptions, their deliveries and the log of events.</summary>
internal static class SubscriptionErrors
{
    public static readonly Error NotUsable = new(
        ErrorKind.Validation, "NOT-0320", "Đăng ký nhận sự kiện không hợp lệ.", "The subscription is not valid.");

    public static readonly Error NotProved = new(
        ErrorKind.Conflict, "NOT-0321", "Địa chỉ chưa được xác nhận; hãy trả lời sự kiện xác nhận trước.", "The address is not proved yet; answer the validation event first.");

    public static readonly Error ProvedAlready = new(
        ErrorKind.Conflict, "NOT-0322", "Địa chỉ đã được xác nhận.", "The address is proved already.");

    public static readonly Error ChallengeWrong = new(
        ErrorKind.NotFound, "NOT-0323", "Liên kết xác nhận không đúng hoặc đã hết hạn.", "The confirmation link is wrong or has expired.");

    public static readonly Error TooManySecrets = new(
        ErrorKind.Conflict, "NOT-0324", "Tối đa ba khóa bí mật; hãy xóa bớt trước.", "There can be three secrets; delete one first.");

    public static readonly Error LastSecret = new(
        ErrorKind.Conflict, "NOT-0325", "Phải còn ít nhất một khóa bí mật không hết hạn.", "One secret without an end must stay.");

    public static readonly Error SecretNotFound = new(
        ErrorKind.NotFound, "NOT-0326", "Không tìm thấy khóa bí mật.", "There is no such secret.");

    public static readonly Error ReplayNotUsable = new(
        ErrorKind.Validation, "NOT-0327", "Yêu cầu gửi lại không hợp lệ.", "The replay is not valid.");

    public static readonly Error ReplayTooLarge = new(
        ErrorKind.Conflict, "NOT-0328", "Quá nhiều sự kiện để gửi lại một lần: tối đa {0}. Hãy thu hẹp khoảng.", "Too many events for one replay: at most {0}. Narrow it down.");

    public static readonly Error DeliveryNotFound = new(
        ErrorKind.NotFound, "NOT-0329", "Không tìm thấy lần gửi này.", "There is no such delivery.");

    public static readonly Error CursorGone = new(
        ErrorKind.Gone, "NOT-0330", "Con trỏ trỏ tới sự kiện đã quá thời hạn lưu 90 ngày. Con trỏ cũ nhất còn dùng được: {0}",
        "The cursor points to events that are older than what is kept (90 days). The oldest cursor that still works: {0}");

    public static readonly Error ProofExpired = new(
        ErrorKind.Conflict, "NOT-0331", "Đăng ký đã hết hạn xác nhận; hãy yêu cầu xác nhận lại.", "The proof of the address has expired; ask for a new one.");
}
