using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Satisfaction;

/// <summary>What ratings and feedback refuse.</summary>
internal static class SatisfactionErrors
{
    public static readonly Error NotRateable = new(ErrorKind.Conflict, "DOS-0845",
        "Chỉ đánh giá được hồ sơ đã có kết quả hoặc đã kết thúc; hồ sơ nháp và hồ sơ đã rút không được đánh giá.",
        "Only a dossier with a result, or one that is over, can be rated; drafts and withdrawn ones cannot.");

    public static readonly Error RatingClosed = new(ErrorKind.Conflict, "DOS-0846",
        "Đánh giá chỉ thay đổi được trong {0} ngày.", "A rating can be changed for {0} days.");

    public static readonly Error OnlyApplicantRates = new(ErrorKind.Forbidden, "DOS-0847",
        "Người hỗ trợ không đánh giá thay người nộp hồ sơ.", "A helper does not rate for the applicant.");

    public static readonly Error RatingInvalid = new(ErrorKind.Validation, "DOS-0848",
        "Đánh giá chưa hợp lệ.", "The rating is not valid.");

    public static readonly Error FeedbackNotFound = new(ErrorKind.NotFound, "DOS-0850",
        "Không tìm thấy phản ánh, kiến nghị.", "There is no such feedback.");

    public static readonly Error FeedbackInvalid = new(ErrorKind.Validation, "DOS-0851",
        "Phản ánh, kiến nghị chưa hợp lệ.", "The feedback is not valid.");

    public static readonly Error FeedbackState = new(ErrorKind.Conflict, "DOS-0852",
        "Không thực hiện được khi phản ánh, kiến nghị ở trạng thái “{0}”.", "This cannot be done while the feedback is in state “{1}”.");

    public static readonly Error NotYoursToAnswer = new(ErrorKind.Forbidden, "DOS-0853",
        "Chỉ lãnh đạo, người phê duyệt và trưởng bộ phận một cửa của đơn vị được giải quyết phản ánh, kiến nghị.",
        "Only leaders, approvers and chiefs of the unit deal with feedback.");

    public static readonly Error PersonalData = new(ErrorKind.Validation, "DOS-0854",
        "Nội dung công khai không được có số giấy tờ, số điện thoại hoặc thư điện tử.",
        "What is made public has no identity numbers, telephone numbers or e-mail addresses.");

    public static readonly Error NotForPublication = new(ErrorKind.Conflict, "DOS-0855",
        "Trả lời này không thuộc diện công khai hoặc đã được công khai.", "This answer is not to be made public, or is public already.");

    public static readonly Error AskedAlready = new(ErrorKind.Conflict, "DOS-0856",
        "Chỉ yêu cầu bổ sung một lần.", "More is asked for once only.");
}
