using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Deadlines;

/// <summary>What deadlines and the calendar refuse.</summary>
internal static class DeadlineErrors
{
    public static readonly Error InvalidCalendar = new(ErrorKind.Validation, "DOS-0101",
        "Dữ liệu lịch làm việc chưa hợp lệ.", "What is said about the calendar is not valid.");

    public static readonly Error YearNotFound = new(ErrorKind.NotFound, "DOS-0102",
        "Năm này chưa có trong lịch làm việc; hãy lập bản dự thảo trước.", "The calendar does not have this year yet; make a draft first.");

    public static readonly Error YearExists = new(ErrorKind.AlreadyExists, "DOS-0103",
        "Năm này đã có trong lịch làm việc; hãy sửa từng ngày.", "The calendar has this year already; change its days instead.");

    public static readonly Error AlreadyConfirmed = new(ErrorKind.Conflict, "DOS-0104",
        "Lịch của năm này đã được xác nhận.", "The calendar of this year is confirmed already.");

    public static readonly Error ClockNotRunning = new(ErrorKind.Conflict, "DOS-0105",
        "Thời hạn giải quyết hồ sơ hiện không chạy nên chưa thể gia hạn.", "The clock of the dossier does not run at the moment, so there is nothing to extend.");

    public static readonly Error AlreadyExtended = new(ErrorKind.Conflict, "DOS-0106",
        "Hồ sơ đã được hẹn lại; chỉ được hẹn lại {0} lần.", "The dossier has a new appointment already; no more than {0} may be given.");

    public static readonly Error ExtensionTooLate = new(ErrorKind.Conflict, "DOS-0107",
        "Chỉ được hẹn lại chậm nhất {0} ngày trước ngày hẹn trả kết quả.", "A new appointment is given at least {0} day(s) before the due date.");

    public static readonly Error ExtensionNotLater = new(ErrorKind.Validation, "DOS-0108",
        "Ngày hẹn mới phải sau ngày hẹn hiện tại ({0}).", "The new appointment must be later than the present due date ({0}).");

    public static readonly Error NothingChanged = new(ErrorKind.Conflict, "DOS-0109",
        "Không có gì thay đổi so với lịch hiện tại.", "This changes nothing in the calendar.");
}
