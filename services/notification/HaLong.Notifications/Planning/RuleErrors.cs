using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Planning;

/// <summary>The refusals about rules, proof and inbox.</summary>
internal static class RuleErrors
{
    public static readonly Error NoticesNotFound = new(
        ErrorKind.NotFound, "NOT-0230", "Không tìm thấy hồ sơ hoặc hồ sơ chưa có thông báo nào.",
        "There is no such dossier, or nothing was told about it.");

    public static readonly Error RightEnded = new(
        ErrorKind.Forbidden, "NOT-0231", "Quyền làm thay không còn hiệu lực.", "The right to act for this person has ended.");

    public static readonly Error NotCovered = new(
        ErrorKind.Forbidden, "NOT-0232", "Quyền làm thay không bao gồm việc này.", "The right to act for this person does not cover this.");

    public static readonly Error AuthoriserUnavailable = new(
        ErrorKind.Unavailable, "NOT-0233", "Hiện không kiểm tra được quyền làm thay. Vui lòng thử lại.",
        "It cannot be checked at the moment who may act for whom. Try again.")
    { RetryAfterSeconds = 5 };

    public static readonly Error ProblemNotFound = new(
        ErrorKind.NotFound, "NOT-0234", "Không tìm thấy việc cần xử lý về thông tin liên hệ.", "There is no such task about contact details.");

    public static readonly Error ProblemClosed = new(
        ErrorKind.Conflict, "NOT-0235", "Việc này đã được xử lý xong.", "This task is done already.");

    public static readonly Error LinkNotValid = new(
        ErrorKind.NotFound, "NOT-0236", "Liên kết hủy nhận tin không hợp lệ.", "This unsubscribe link is not valid.");

    public static readonly Error TooManyStreams = new(
        ErrorKind.TooMany, "NOT-0237", "Bạn đang mở quá nhiều kết nối nhận tin. Hãy đóng bớt thẻ trình duyệt.",
        "Too many streams of yours are open. Close some browser tabs.")
    { RetryAfterSeconds = 30 };

    public static readonly Error LastEventNotUsable = new(
        ErrorKind.Validation, "NOT-0238", "Last-Event-ID phải là mã của một tin đã nhận.", "Last-Event-ID is the id of a message received before.");

    public static readonly Error WrongUnit = new(
        ErrorKind.Forbidden, "NOT-0239", "Chỉ bộ phận tiếp nhận và người đứng đầu mới được xem việc này.",
        "Only reception and its chief see these tasks.");
}
