using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.NationalPortal;

/// <summary>What the ledger of the national portal refuses.</summary>
internal static class PortalErrors
{
    public static readonly Error NotConnected = new(ErrorKind.Unavailable, "DOS-0860",
        "Chưa kết nối Cổng Dịch vụ công quốc gia.", "The national portal is not connected.");

    public static readonly Error NotInLedger = new(ErrorKind.NotFound, "DOS-0861",
        "Hồ sơ này không có trong sổ đồng bộ.", "The dossier is not in the ledger.");

    public static readonly Error BadFilter = new(ErrorKind.Validation, "DOS-0862",
        "Điều kiện lọc không hợp lệ.", "The filter is not valid.");

    public static readonly Error OnItsWay = new(ErrorKind.Conflict, "DOS-0863",
        "Đang có thông điệp được gửi đi; hãy thử lại sau.", "A message is on its way; try again later.");

    public static readonly Error ContentGone = new(ErrorKind.Conflict, "DOS-0864",
        "Nội dung hồ sơ đã tiêu hủy, không thể gửi lại.", "The content of the dossier was destroyed; it cannot be sent.");
}
