using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Sending.Push;

/// <summary>The refusals around push subscriptions.</summary>
internal static class PushErrors
{
    public static readonly Error NotSetUp = new(
        ErrorKind.NotFound, "NOT-0140", "Hệ thống chưa bật thông báo đẩy.", "Push messages are not set up.");

    public static readonly Error NotUsable = new(
        ErrorKind.Validation, "NOT-0141", "Đăng ký thông báo đẩy không hợp lệ.", "The push subscription is not valid.");

    public static readonly Error NotFound = new(
        ErrorKind.NotFound, "NOT-0142", "Không tìm thấy thiết bị nhận thông báo đẩy.", "There is no such push subscription.");

    public static readonly Error OtherKeys = new(
        ErrorKind.Conflict, "NOT-0143", "Địa chỉ này đã được đăng ký với khóa khác.", "This endpoint is registered with other keys.");
}
