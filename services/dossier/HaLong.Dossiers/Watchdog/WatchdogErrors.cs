using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Watchdog;

/// <summary>What the view of waits refuses.</summary>
internal static class WatchdogErrors
{
    public static readonly Error NotYours = new(ErrorKind.Forbidden, "DOS-0731",
        "Chỉ lãnh đạo, người phê duyệt, trưởng bộ phận một cửa và quản trị viên được xem hồ sơ chậm.",
        "Only leaders, approvers, chiefs and administrators see who waits.");

    public static readonly Error BadFilter = new(ErrorKind.Validation, "DOS-0732",
        "Điều kiện lọc không hợp lệ.", "The filter is not valid.");
}
