using HaLong.ServiceDefaults;

namespace HaLong.Payments.Receipts;

/// <summary>What is refused about receipts and posters.</summary>
internal static class ReceiptErrors
{
    public static readonly Error NotFound = new(ErrorKind.NotFound, "PAY-0601",
        "Không tìm thấy biên lai.",
        "No such receipt.");

    public static readonly Error Pending = new(ErrorKind.Conflict, "PAY-0602",
        "Biên lai đang được lập và ký số; hãy thử lại sau ít phút.",
        "The receipt is being written and sealed; try again in a few minutes.")
    { RetryAfterSeconds = 5 };

    public static readonly Error NumbersUsedUp = new(ErrorKind.Conflict, "PAY-0603",
        "Ký hiệu biên lai đã dùng hết số trong năm; cần đăng ký ký hiệu mới.",
        "The receipt series has used all its numbers of the year; a new symbol must be registered.");

    public static readonly Error UnknownFilter = new(ErrorKind.Validation, "PAY-0604",
        "Bộ lọc không hợp lệ: state = issued, sealed; standing = valid, adjusted, cancelled; kind = receipt, adjustment, cancellation; year từ 2026.",
        "Unknown filter: state = issued, sealed; standing = valid, adjusted, cancelled; kind = receipt, adjustment, cancellation; year from 2026 on.");

    public static readonly Error NotYours = new(ErrorKind.Forbidden, "PAY-0605",
        "Chỉ thủ quỹ, lãnh đạo và kiểm toán của đơn vị được kiểm tra số biên lai.",
        "Receipt numbers are checked by cashiers, leaders and auditors of the unit.");

    public static readonly Error SealUnavailable = new(ErrorKind.Unavailable, "PAY-0606",
        "Dịch vụ ký số chưa sẵn sàng.",
        "The signing service does not answer.");

    public static readonly Error NoSuchUnit = new(ErrorKind.NotFound, "PAY-0607",
        "Không tìm thấy đơn vị thu.",
        "No such collecting unit.");

    public static readonly Error NotAtCounter = new(ErrorKind.Forbidden, "PAY-0608",
        "Chỉ thủ quỹ và cán bộ tiếp nhận được in bảng mã thu tiền.",
        "Posters are printed by cashiers and reception officers.");
}
