using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Sending;

/// <summary>The refusals of sending and its administration.</summary>
internal static class SendingErrors
{
    public static readonly Error FilterNotUsable = new(
        ErrorKind.Validation, "NOT-0100", "Bộ lọc tin nhắn không hợp lệ.", "The filter for messages is not valid.");

    public static readonly Error MessageNotFound = new(ErrorKind.NotFound, "NOT-0101", "Không tìm thấy tin nhắn đã gửi.", "There is no such outgoing message.");

    public static readonly Error NotFailed = new(
        ErrorKind.Conflict, "NOT-0102", "Chỉ có thể gửi lại tin nhắn đã gửi thất bại.", "Only a message that has failed can be driven again.");

    public static readonly Error TextRemoved = new(
        ErrorKind.Conflict, "NOT-0103", "Nội dung tin nhắn đã hết thời hạn lưu và đã bị xóa.",
        "The text of the message is past its retention and has been removed.");

    public static readonly Error ProviderNotFound = new(
        ErrorKind.NotFound, "NOT-0104", "Không tìm thấy nhà cung cấp gửi tin.", "There is no such message provider.");

    public static readonly Error ProviderChangeNotUsable = new(
        ErrorKind.Validation, "NOT-0105", "Yêu cầu thay đổi nhà cung cấp không hợp lệ.", "The change of the provider is not valid.");

    public static readonly Error LastProvider = new(
        ErrorKind.Conflict, "NOT-0106", "Đây là nhà cung cấp duy nhất đang dùng của kênh này; hãy bật nhà cung cấp khác trước.",
        "This is the only provider of its channel in use; enable another one first.");
}
