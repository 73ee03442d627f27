using HaLong.ServiceDefaults;

namespace HaLong.Payments.NationalPortal;

/// <summary>What is refused around the national payment platform.</summary>
internal static class PortalErrors
{
    public static readonly Error Refused = new(ErrorKind.Conflict, "PAY-0501",
        "Nền tảng thanh toán không nhận giao dịch này; chưa có khoản tiền nào bị trừ. Vui lòng chọn cách nộp khác.",
        "The payment platform does not take this payment; nothing was paid. Please choose another way.");

    public static readonly Error Unreachable = new(ErrorKind.Unavailable, "PAY-0502",
        "Không kết nối được Nền tảng thanh toán; chưa có khoản tiền nào bị trừ. Vui lòng thử lại hoặc chọn cách nộp khác.",
        "The payment platform cannot be reached; nothing was paid. Please try again, or choose another way.")
    { RetryAfterSeconds = 30 };

    public static readonly Error BadConfirm = new(ErrorKind.Validation, "PAY-0503",
        "Bản tin xác nhận thanh toán không hợp lệ.",
        "The confirmation of a payment cannot be read.");

    public static readonly Error BadCheckSum = new(ErrorKind.Unauthenticated, "PAY-0504",
        "Mã xác thực của bản tin không đúng.",
        "The check sum of the message does not hold.");

    public static readonly Error WrongPartner = new(ErrorKind.Validation, "PAY-0505",
        "Bản tin dành cho đối tác khác hoặc không phải bằng VND.",
        "The message is for another partner, or not in VND.");

    public static readonly Error UnknownOrder = new(ErrorKind.NotFound, "PAY-0506",
        "Không tìm thấy mã tham chiếu.",
        "No order of this number was ever sent.");

    public static readonly Error ConfirmTooLarge = new(ErrorKind.TooLarge, "PAY-0507",
        "Bản tin xác nhận quá lớn (tối đa 16 KiB).",
        "The confirmation is too large (16 KiB at most).");

    public static readonly Error NoBill = new(ErrorKind.NotFound, "PAY-0508",
        "Yêu cầu thanh toán này không có biên lai của Nền tảng thanh toán.",
        "The payment platform has no receipt for this payment request.");

    public static readonly Error BillUnavailable = new(ErrorKind.Unavailable, "PAY-0509",
        "Chưa lấy được biên lai từ Nền tảng thanh toán; hãy thử lại sau ít phút.",
        "The receipt cannot be had from the payment platform at the moment; try again in a few minutes.")
    { RetryAfterSeconds = 30 };
}
