using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Register;

/// <summary>What the register refuses.</summary>
internal static class RegisterErrors
{
    public static readonly Error BookNotFound = new(ErrorKind.NotFound, "DOS-0622",
        "Không có sổ theo dõi hồ sơ này, hoặc sổ không thuộc đơn vị của bạn.", "There is no such register, or it is not your unit's.");

    public static readonly Error YearNotOver = new(ErrorKind.Conflict, "DOS-0623",
        "Năm chưa kết thúc nên chưa khóa sổ được. Nếu quyển sổ đã đầy và cần mở quyển tiếp theo, gửi “full”: true.",
        "The year is not over, so its book stays open. If the book is full and another one is to follow, send “full”: true.");

    public static readonly Error EntriesMissing = new(ErrorKind.Conflict, "DOS-0624",
        "Còn hồ sơ đã tiếp nhận chưa được vào sổ; hãy thử lại sau ít phút.", "Accepted dossiers still wait for their numbers; try again in a few minutes.")
    { RetryAfterSeconds = 60 };

    public static readonly Error AlreadyClosed = new(ErrorKind.Conflict, "DOS-0625",
        "Quyển sổ {0} đã khóa.", "Book {0} is closed.");

    public static readonly Error NotSealed = new(ErrorKind.Conflict, "DOS-0626",
        "Quyển sổ chưa khóa hoặc đang chờ ký số.", "The book is still open, or waits for its seal.")
    { RetryAfterSeconds = 5 };

    public static readonly Error InvalidPeriod = new(ErrorKind.Validation, "DOS-0627",
        "Năm hoặc khoảng thời gian không hợp lệ.", "The year or the period is not valid.");

    public static readonly Error TooLong = new(ErrorKind.Validation, "DOS-0628",
        "Có hơn {0} hồ sơ; hãy chọn khoảng thời gian ngắn hơn hoặc tải bản XLSX.", "There are more than {0} dossiers; choose a shorter period, or take the XLSX.");
}
