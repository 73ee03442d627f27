using HaLong.ServiceDefaults;

namespace HaLong.Payments.Reconciliation;

/// <summary>What imports and reconciliation refuse.</summary>
internal static class ReconciliationErrors
{
    public static readonly Error NotReader = new(ErrorKind.Forbidden, "PAY-0801",
        "Đối soát chỉ dành cho thủ quỹ, lãnh đạo và kiểm toán.",
        "Reconciliation is for cashiers, leaders and auditors.");

    public static readonly Error UnknownProvider = new(ErrorKind.Validation, "PAY-0802",
        "Nhà cung cấp không được cấu hình.",
        "No such provider is configured.");

    public static readonly Error BadFile = new(ErrorKind.Validation, "PAY-0803",
        "Tệp có lỗi; không dòng nào được ghi nhận.",
        "The file has faults; nothing of it was taken over.");

    public static readonly Error NotYourAccount = new(ErrorKind.Forbidden, "PAY-0804",
        "Sao kê không phải của tài khoản thu của đơn vị bạn.",
        "The statement is not of the collecting account of your unit.");

    public static readonly Error TooLarge = new(ErrorKind.TooLarge, "PAY-0805",
        "Tệp quá lớn (tối đa 60 MB).",
        "The file is too large (60 MB at most).");

    public static readonly Error DayNotOver = new(ErrorKind.Validation, "PAY-0806",
        "Chỉ đối soát được ngày đã qua.",
        "Only a day that is over can be reconciled.");

    public static readonly Error NotFound = new(ErrorKind.NotFound, "PAY-0807",
        "Không tìm thấy lần đối soát hoặc dòng đối soát.",
        "No such reconciliation or line.");

    public static readonly Error UnknownResult = new(ErrorKind.Validation, "PAY-0808",
        "Kết quả hợp lệ: matched, missingAtUs, missingAtProvider, missingAtBank, amountDiff, duplicate.",
        "Results are matched, missingAtUs, missingAtProvider, missingAtBank, amountDiff and duplicate.");

    public static readonly Error Invalid = new(ErrorKind.Validation, "PAY-0809",
        "Nội dung giải trình chưa đầy đủ.",
        "The explanation is not complete.");

    public static readonly Error NothingToExplain = new(ErrorKind.Conflict, "PAY-0810",
        "Dòng này khớp, hoặc đã được giải trình.",
        "The line matches, or is explained already.");

    public static readonly Error TwoPersons = new(ErrorKind.Conflict, "PAY-0812",
        "Người nhập sao kê không được tự quyết định khoản tiền chỉ có trên sao kê đó.",
        "Whoever took a statement over cannot decide about money that only it shows.");

    public static readonly Error WrongSource = new(ErrorKind.Validation, "PAY-0811",
        "Tệp không phải của nhà cung cấp này.",
        "The file is of another provider.");
}
