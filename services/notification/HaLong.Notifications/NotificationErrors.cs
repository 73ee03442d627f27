using HaLong.ServiceDefaults;

namespace HaLong.Notifications;

/// <summary>The refusals of this service.</summary>
internal static class NotificationErrors
{
    public static readonly Error MessageNotFound = new(
        ErrorKind.NotFound, "NOT-0001", "Không tìm thấy tin nhắn.", "There is no such message.");

    public static readonly Error SubscriptionNotFound = new(
        ErrorKind.NotFound, "NOT-0002", "Không tìm thấy đăng ký nhận sự kiện.", "There is no such subscription.");

    public static readonly Error UrlNotUsable = new(
        ErrorKind.Validation, "NOT-0003", "Địa chỉ nhận sự kiện không dùng được.", "The receiving address cannot be used.");

    public static readonly Error AddressNotPublic = new(
        ErrorKind.Validation, "NOT-0004", "Địa chỉ nhận sự kiện không nằm trên mạng công cộng.", "The receiving address is not on the public network.");

    public static readonly Error TypesNotUsable = new(
        ErrorKind.Validation, "NOT-0005", "Bộ lọc loại sự kiện không hợp lệ.", "The event type filter is not valid.");

    public static readonly Error StateNotUsable = new(
        ErrorKind.Validation, "NOT-0006", "Trạng thái đăng ký chỉ có thể là active hoặc paused.", "The state of a subscription is active or paused.");

    public static readonly Error TooManySubscriptions = new(
        ErrorKind.Conflict, "NOT-0007", "Đã đạt số đăng ký tối đa; hãy xóa bớt trước.", "The most subscriptions are in use; delete one first.");

    public static readonly Error SubjectNotUsable = new(
        ErrorKind.Validation, "NOT-0008", "Tham số subject phải là mã định danh hồ sơ (UUID).", "The subject parameter is a dossier id (UUID).");

    public static readonly Error SmsUnavailable = new(
        ErrorKind.Unavailable, "NOT-0009", "Hiện không gửi được tin nhắn SMS. Hệ thống sẽ thử lại.", "No SMS can be sent at the moment. It will be tried again.")
    { RetryAfterSeconds = 5 };

    public static readonly Error MailUnavailable = new(
        ErrorKind.Unavailable, "NOT-0010", "Hiện không gửi được thư điện tử. Hệ thống sẽ thử lại.", "No e-mail can be sent at the moment. It will be tried again.")
    { RetryAfterSeconds = 5 };

    public static readonly Error NotDeliverable = new(
        ErrorKind.Validation, "NOT-0011", "Không thể gửi đến số hoặc địa chỉ này.", "This number or address cannot be reached.");

    public static readonly Error CodeTooLate = new(
        ErrorKind.Validation, "NOT-0012", "Mã đã hết hạn nên không được gửi nữa.", "The code has expired and is not sent any more.");

    public static readonly Error DirectNotUsable = new(
        ErrorKind.Validation, "NOT-0013", "Yêu cầu gửi tin ngắn không hợp lệ.", "The request for a short text is not valid.");
}
