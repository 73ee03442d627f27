using HaLong.ServiceDefaults;

namespace HaLong.Payments.Refunds;

/// <summary>What is refused about refunds.</summary>
internal static class RefundErrors
{
    public static readonly Error NotFound = new(ErrorKind.NotFound, "PAY-0301",
        "Không tìm thấy khoản hoàn.",
        "No such refund.");

    public static readonly Error WrongState = new(ErrorKind.Conflict, "PAY-0302",
        "Trạng thái hiện tại của khoản hoàn không cho phép việc này.",
        "The state of the refund does not allow this.");

    public static readonly Error TwoPersons = new(ErrorKind.Conflict, "PAY-0303",
        "Người đề nghị hoàn không được tự phê duyệt.",
        "Whoever proposed a refund cannot agree to it.");

    public static readonly Error NoPayee = new(ErrorKind.Conflict, "PAY-0304",
        "Chưa có tài khoản nhận tiền hoàn.",
        "The account to which it goes is not known yet.");

    public static readonly Error AvailableChanged = new(ErrorKind.PreconditionFailed, "PAY-0305",
        "Số tiền còn có thể hoàn đã thay đổi; hãy xem lại.",
        "What can be given back has changed; please look again.");

    public static readonly Error Invalid = new(ErrorKind.Validation, "PAY-0306",
        "Đề nghị hoàn chưa hợp lệ.",
        "The refund is not complete.");

    public static readonly Error NotReviewer = new(ErrorKind.Forbidden, "PAY-0307",
        "Chỉ lãnh đạo, trưởng bộ phận một cửa hoặc người phê duyệt của đơn vị được duyệt hoàn.",
        "Refunds are agreed to by a leader, the chief or an approver of the unit.");

    public static readonly Error NothingToPay = new(ErrorKind.Conflict, "PAY-0308",
        "Không có khoản hoàn nào đã duyệt để chi.",
        "No refund is waiting to be paid out.");

    public static readonly Error UnknownState = new(ErrorKind.Validation, "PAY-0309",
        "Trạng thái hợp lệ: proposed, approved, rejected, sent, paid.",
        "States are proposed, approved, rejected, sent and paid.");

    public static readonly Error PayoutNotFound = new(ErrorKind.NotFound, "PAY-0310",
        "Không tìm thấy tệp chi hoàn.",
        "No such payout.");
}
