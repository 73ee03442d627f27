using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Index;

/// <summary>What the index and the evaluations refuse.</summary>
internal static class IndexErrors
{
    public static readonly Error BadPeriod = new(ErrorKind.Validation, "DOS-0815",
        "Kỳ không hợp lệ: dùng tháng yyyy-MM, quý yyyy-Qn hoặc năm yyyy, đã bắt đầu và từ năm 2000.",
        "The period is not valid: a month yyyy-MM, a quarter yyyy-Qn or a year yyyy that has begun, from 2000 on.");

    public static readonly Error BadFigure = new(ErrorKind.Validation, "DOS-0816",
        "Chỉ số thành phần hoặc phần cần mở không có.", "There is no such indicator, or no such part of it.");

    public static readonly Error NotAList = new(ErrorKind.Validation, "DOS-0817",
        "Phần này của chỉ số không phải là một danh sách: nguồn dữ liệu chưa có, hoặc là một hiệu số.",
        "This part of the indicator is no list: nobody keeps what it counts, or it is a difference.");

    public static readonly Error NotClosed = new(ErrorKind.Conflict, "DOS-0818",
        "Tháng này chưa được khóa sổ.", "The month is not closed yet.");

    public static readonly Error NoReason = new(ErrorKind.Validation, "DOS-0819",
        "Cần lý do từ 10 đến 500 ký tự.", "A reason of 10 to 500 characters is needed.");

    public static readonly Error ShortPeriod = new(ErrorKind.Validation, "DOS-0820",
        "Đánh giá được thực hiện theo quý (yyyy-Qn) hoặc năm (yyyy).", "Evaluations are made for quarters (yyyy-Qn) or years (yyyy).");

    public static readonly Error BadMonths = new(ErrorKind.Validation, "DOS-0821",
        "Số tháng từ 1 đến 36.", "The number of months is 1 to 36.");
}
