using HaLong.ServiceDefaults;

namespace HaLong.Payments.Cases;

/// <summary>What the desk for money that does not fit refuses.</summary>
internal static class CaseErrors
{
    public static readonly Error NotFound = new(ErrorKind.NotFound, "PAY-0201",
        "Không tìm thấy vụ việc.",
        "No such case.");

    public static readonly Error Decided = new(ErrorKind.Conflict, "PAY-0202",
        "Vụ việc đã được giải quyết.",
        "The case is decided already.");

    public static readonly Error TakenByAnother = new(ErrorKind.Conflict, "PAY-0203",
        "Vụ việc đang do thủ quỹ khác xử lý.",
        "Another cashier has taken the case up.");

    public static readonly Error NotPossible = new(ErrorKind.Conflict, "PAY-0204",
        "Không thể giải quyết như vậy với khoản tiền này.",
        "This cannot be done with this money.");

    public static readonly Error Invalid = new(ErrorKind.Validation, "PAY-0205",
        "Quyết định chưa đầy đủ.",
        "The decision is not complete.");

    public static readonly Error UnknownFilter = new(ErrorKind.Validation, "PAY-0206",
        "Trạng thái hoặc loại vụ việc không hợp lệ.",
        "No such state or kind of case.");
}
