using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Sending.Carriers;

/// <summary>Refusals of what providers tell.</summary>
internal static class CarrierErrors
{
    public static readonly Error HookRefused = new(
        ErrorKind.Unauthenticated, "NOT-0120", "Chữ ký của thông báo không hợp lệ hoặc đã quá hạn.", "The signature of the notice is not valid, or too old.");

    public static readonly Error HookUnreadable = new(
        ErrorKind.Validation, "NOT-0121", "Không đọc được nội dung thông báo.", "The notice cannot be read.");
}
