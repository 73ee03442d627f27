using HaLong.ServiceDefaults;

namespace HaLong.Payments.Domain;

/// <summary>Everything that payment refuses.</summary>
internal static class PaymentErrors
{
    public static readonly Error NotFound = new(ErrorKind.NotFound, "PAY-0001",
        "Không tìm thấy yêu cầu thanh toán.",
        "No such payment request.");

    public static readonly Error AlreadySettled = new(ErrorKind.Conflict, "PAY-0002",
        "Yêu cầu thanh toán này đã được thanh toán, không cần trả thêm.",
        "This payment request is settled; nothing more is due.");

    public static readonly Error Expired = new(ErrorKind.Conflict, "PAY-0003",
        "Yêu cầu thanh toán đã hết hạn; vui lòng không chuyển tiền theo mã này.",
        "This payment request has expired; please do not transfer money by this code.");

    public static readonly Error UnknownMethod = new(ErrorKind.Validation, "PAY-0004",
        "Phương thức thanh toán không được hỗ trợ. Phương thức hợp lệ: vietqr, và portal nơi có kết nối Nền tảng thanh toán.",
        "This payment method is not supported. Supported: vietqr, and portal where the national payment platform is connected.");

    public static readonly Error DossierMissing = new(ErrorKind.Validation, "PAY-0005",
        "Thiếu tham số dossierId.",
        "The parameter dossierId is missing.");

    public static readonly Error BadSignature = new(ErrorKind.Unauthenticated, "PAY-0006",
        "Chữ ký của thông báo ngân hàng không hợp lệ.",
        "The bank notice is not signed, or not by this provider.");

    public static readonly Error StaleNotice = new(ErrorKind.Unauthenticated, "PAY-0007",
        "Thời điểm ký thông báo ngân hàng nằm ngoài khoảng cho phép.",
        "The bank notice was signed too long ago or in the future; sign it anew.");

    public static readonly Error BadNotice = new(ErrorKind.Validation, "PAY-0008",
        "Nội dung thông báo ngân hàng không hợp lệ.",
        "The contents of the bank notice cannot be read.");

    public static readonly Error NoticeTooLarge = new(ErrorKind.TooLarge, "PAY-0009",
        "Thông báo ngân hàng quá lớn (tối đa 16 KiB; danh sách giao dịch 256 KiB).",
        "The bank notice is too large (16 KiB at most; a list of transactions 256 KiB).");

    public static readonly Error UnknownNoticeState = new(ErrorKind.Validation, "PAY-0010",
        "Trạng thái thông báo không hợp lệ: received, settled hoặc mismatched.",
        "Unknown state of a notice: received, settled or mismatched.");

    public static readonly Error BadAmount = new(ErrorKind.Validation, "PAY-0011",
        "Số tiền phải là số đồng nguyên dương, tối đa 13 chữ số.",
        "The amount must be a positive whole number of đồng with 13 digits at most.");

    public static readonly Error NotCovered = new(ErrorKind.Forbidden, "PAY-0012",
        "Ủy quyền hoặc phiên hỗ trợ không cho phép thanh toán khoản này.",
        "The delegation or assisted session does not cover this payment.");

    public static readonly Error RightEnded = new(ErrorKind.Forbidden, "PAY-0013",
        "Ủy quyền hoặc phiên hỗ trợ không còn hiệu lực.",
        "The delegation or assisted session is over.");

    public static readonly Error AuthoriserUnavailable = new(ErrorKind.Unavailable, "PAY-0014",
        "Chưa kiểm tra được quyền làm thay; hãy thử lại sau ít phút.",
        "Whether you may act for somebody else cannot be checked at the moment; try again in a few minutes.")
    { RetryAfterSeconds = 5 };

    public static readonly Error Cancelled = new(ErrorKind.Conflict, "PAY-0015",
        "Hồ sơ đã kết thúc nên không còn phải nộp tiền; vui lòng không chuyển tiền theo mã này.",
        "The dossier is closed and nothing is due any more; please do not transfer money by this code.");

    public static readonly Error NotYetDue = new(ErrorKind.Conflict, "PAY-0016",
        "Khoản này chưa đến lúc nộp hoặc đang chờ xét miễn, giảm.",
        "Nothing is due yet: its moment has not come, or an exemption is being looked at.");

    public static readonly Error UnderWay = new(ErrorKind.Conflict, "PAY-0017",
        "Giao dịch đang được xử lý tại đơn vị thanh toán; vui lòng đợi kết quả trước khi nộp lại.",
        "A payment provider is still dealing with your payment; please wait for the outcome before you pay again.");

    public static readonly Error OutcomeUnknown = new(ErrorKind.Conflict, "PAY-0018",
        "Chưa rõ kết quả giao dịch trước; chúng tôi đang kiểm tra. Vui lòng không nộp lại.",
        "What became of your last payment is not known yet and is being looked into. Please do not pay again.");

    public static readonly Error NotNow = new(ErrorKind.Conflict, "PAY-0019",
        "Trạng thái hiện tại của yêu cầu thanh toán không cho phép việc này.",
        "The state of the payment request does not allow this.");

    public static readonly Error NothingHeld = new(ErrorKind.Validation, "PAY-0020",
        "Chỉ có thể giữ một phần số tiền: lớn hơn 0 và nhỏ hơn số còn phải nộp.",
        "Only a part can be held: more than nothing and less than what is still to be paid.");

    public static readonly Error TooMuchRefund = new(ErrorKind.Validation, "PAY-0021",
        "Số tiền hoàn phải lớn hơn 0 và không quá số còn có thể hoàn.",
        "A refund must be more than nothing and no more than what can still be given back.");
}
