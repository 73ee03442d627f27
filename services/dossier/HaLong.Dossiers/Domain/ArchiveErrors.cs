using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

/// <summary>What archive, retention and destruction refuse.</summary>
internal static class ArchiveErrors
{
    public static readonly Error Destroyed = new(ErrorKind.Conflict, "DOS-0650",
        "Hồ sơ đã được tiêu hủy theo biên bản; chỉ còn lại phần ghi nhận.", "The dossier was destroyed, with minutes; only its record remains.");

    public static readonly Error OnHold = new(ErrorKind.Conflict, "DOS-0651",
        "Hồ sơ đang bị giữ lại theo yêu cầu pháp lý nên không tiêu hủy được.", "The dossier is under a legal hold and cannot be destroyed.");

    public static readonly Error NotHeld = new(ErrorKind.Conflict, "DOS-0652",
        "Hồ sơ không bị giữ lại.", "The dossier is not under a legal hold.");

    public static readonly Error ExportNotFound = new(ErrorKind.NotFound, "DOS-0653",
        "Không tìm thấy đợt xuất lưu trữ.", "There is no such archive export.");

    public static readonly Error NotYourUnit = new(ErrorKind.Forbidden, "DOS-0654",
        "Chỉ quản trị của đơn vị đó hoặc của tỉnh mới được thực hiện việc này.", "Only administrators of that unit or of the province may do this.");

    public static readonly Error ListNotFound = new(ErrorKind.NotFound, "DOS-0655",
        "Không tìm thấy danh mục tiêu hủy.", "There is no such destruction list.");

    public static readonly Error NothingDue = new(ErrorKind.Conflict, "DOS-0656",
        "Không có hồ sơ nào hết thời hạn bảo quản.", "No dossier is past its retention.");

    public static readonly Error FourEyes = new(ErrorKind.Forbidden, "DOS-0657",
        "Người lập danh mục không được tự phê duyệt.", "Whoever proposed the list does not approve it.");

    public static readonly Error WrongListState = new(ErrorKind.Conflict, "DOS-0658",
        "Danh mục tiêu hủy đã được xử lý.", "The destruction list was dealt with already.");

    public static readonly Error MinutesNotReady = new(ErrorKind.NotFound, "DOS-0659",
        "Chưa có biên bản tiêu hủy.", "There are no destruction minutes yet.");
}
