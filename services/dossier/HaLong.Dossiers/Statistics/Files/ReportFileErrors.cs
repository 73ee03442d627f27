using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Files;

/// <summary>What files of reports, their schedules and open data refuse.</summary>
internal static class ReportFileErrors
{
    public static readonly Error BadRequest = new(ErrorKind.Validation, "DOS-0835",
        "Yêu cầu tải báo cáo chưa hợp lệ.", "The report cannot be given as a file like that.");

    public static readonly Error TooLong = new(ErrorKind.Validation, "DOS-0836",
        "Báo cáo có hơn {0} dòng; hãy thu hẹp phạm vi hoặc tải bản XLSX, CSV.", "The report has more than {0} rows; narrow it, or take the XLSX or CSV.");

    public static readonly Error BadSchedule = new(ErrorKind.Validation, "DOS-0837",
        "Lịch gửi báo cáo chưa hợp lệ.", "The schedule is not valid.");

    public static readonly Error ScheduleNotFound = new(ErrorKind.NotFound, "DOS-0838",
        "Không tìm thấy lịch gửi báo cáo này trong các lịch của bạn.", "You have no such schedule.");

    public static readonly Error TooManySchedules = new(ErrorKind.Conflict, "DOS-0839",
        "Bạn đã có {0} lịch gửi báo cáo; hãy xóa bớt trước.", "You have {0} schedules already; delete one first.");

    public static readonly Error FileNotFound = new(ErrorKind.NotFound, "DOS-0840",
        "Không tìm thấy tệp báo cáo này trong các tệp của bạn.", "You have no such report file.");

    public static readonly Error FileExpired = new(ErrorKind.Gone, "DOS-0841",
        "Tệp báo cáo đã hết thời hạn lưu; hãy lập lại báo cáo.", "The report file is kept no longer; make the report again.");

    public static readonly Error NoDataset = new(ErrorKind.NotFound, "DOS-0842",
        "Không có bộ dữ liệu mở này.", "There is no such dataset.");

    public static readonly Error NoOpenPeriod = new(ErrorKind.Validation, "DOS-0843",
        "Kỳ số liệu chưa hợp lệ hoặc chưa kết thúc.", "The period is not valid, or is not over yet.");
}
