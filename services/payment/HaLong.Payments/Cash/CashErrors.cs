using HaLong.ServiceDefaults;

namespace HaLong.Payments.Cash;

/// <summary>What the till refuses.</summary>
internal static class CashErrors
{
    public static readonly Error ShiftNotFound = new(ErrorKind.NotFound, "PAY-0701",
        "Không tìm thấy ca thu tiền mặt.",
        "No such shift.");

    public static readonly Error NoShift = new(ErrorKind.Conflict, "PAY-0702",
        "Bạn chưa mở ca thu tiền mặt.",
        "You have no open shift: open one and count your change first.");

    public static readonly Error AlreadyOpen = new(ErrorKind.AlreadyExists, "PAY-0703",
        "Bạn hoặc quầy này đang có một ca chưa đóng.",
        "You or this till have a shift that is not closed yet.");

    public static readonly Error NotOpen = new(ErrorKind.Conflict, "PAY-0704",
        "Ca đã kiểm quỹ hoặc đã đóng.",
        "The shift is counted or closed.");

    public static readonly Error LeftOpen = new(ErrorKind.Conflict, "PAY-0705",
        "Ca mở quá lâu: hãy kiểm quỹ và đóng ca trước khi thu tiếp.",
        "The shift has been open for too long: count and close it before you take more.");

    public static readonly Error OtherAccount = new(ErrorKind.Conflict, "PAY-0706",
        "Khoản này nộp vào tài khoản thu khác với tài khoản của ca; vui lòng chuyển khoản.",
        "This is due on another collecting account than the shift collects for; it can be paid by transfer.");

    public static readonly Error AmountChanged = new(ErrorKind.Conflict, "PAY-0707",
        "Số tiền không đúng số còn phải nộp.",
        "The amount is not what is still to be paid.");

    public static readonly Error Invalid = new(ErrorKind.Validation, "PAY-0708",
        "Nội dung chưa hợp lệ.",
        "The entry is not complete.");

    public static readonly Error NoReason = new(ErrorKind.Validation, "PAY-0709",
        "Quỹ thừa hoặc thiếu: phải nêu lý do.",
        "The till is over or short: say why.");

    public static readonly Error NotCounted = new(ErrorKind.Conflict, "PAY-0710",
        "Ca chưa được kiểm quỹ, hoặc đã đóng.",
        "The till is not counted yet, or the shift is closed.");

    public static readonly Error TwoPersons = new(ErrorKind.Conflict, "PAY-0711",
        "Người thu và người kiểm quỹ không được tự xác nhận.",
        "Whoever took the cash or counted it cannot agree to the count.");

    public static readonly Error NotClosed = new(ErrorKind.Conflict, "PAY-0712",
        "Chỉ nộp quỹ của ca đã đóng.",
        "Only the cash of a closed shift is deposited.");

    public static readonly Error NothingToDeposit = new(ErrorKind.Conflict, "PAY-0713",
        "Ca không còn tiền phải nộp.",
        "Nothing of the shift is left to be deposited.");

    public static readonly Error WholeDeposit = new(ErrorKind.Conflict, "PAY-0714",
        "Phải nộp toàn bộ số tiền của ca.",
        "The cash of a shift is deposited as a whole.");

    public static readonly Error NotReader = new(ErrorKind.Forbidden, "PAY-0715",
        "Ca thu tiền mặt chỉ dành cho thủ quỹ, lãnh đạo, trưởng bộ phận một cửa và kiểm toán.",
        "Shifts are for cashiers, leaders, the chief and auditors.");

    public static readonly Error NotYours = new(ErrorKind.Forbidden, "PAY-0716",
        "Chỉ người mở ca được kiểm quỹ; người khác chỉ khi ca bị bỏ quên.",
        "Only who opened a shift counts it; a colleague when it was left open.");

    public static readonly Error UnknownState = new(ErrorKind.Validation, "PAY-0717",
        "Trạng thái hợp lệ: open, counted, closed.",
        "States are open, counted and closed.");
}
