using HaLong.ServiceDefaults;

namespace HaLong.Payments.Ledger;

/// <summary>What the ledger refuses.</summary>
internal static class LedgerErrors
{
    public static readonly Error NotYours = new(ErrorKind.Forbidden, "PAY-0101",
        "Sổ cái chỉ dành cho thủ quỹ, lãnh đạo và kiểm toán.",
        "The ledger is for cashiers, leaders and auditors.");

    public static readonly Error DayNotOver = new(ErrorKind.Validation, "PAY-0102",
        "Chỉ khóa sổ được ngày đã qua.",
        "Only a day that is over can be closed.");

    public static readonly Error DayClosed = new(ErrorKind.Conflict, "PAY-0103",
        "Ngày này đã khóa sổ.",
        "This day is closed already.");

    public static readonly Error UnknownAccount = new(ErrorKind.NotFound, "PAY-0104",
        "Không có tài khoản này trong sổ cái.",
        "The ledger has no such account.");

    public static readonly Error BadDay = new(ErrorKind.Validation, "PAY-0105",
        "Ngày không hợp lệ: dùng dạng 2026-11-30.",
        "Not a day: use the form 2026-11-30.");
}
