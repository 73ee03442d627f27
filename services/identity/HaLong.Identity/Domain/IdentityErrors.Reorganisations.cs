using HaLong.ServiceDefaults;

namespace HaLong.Identity.Domain;

internal static partial class IdentityErrors
{
    public static readonly Error ReorganisationNotFound = new(ErrorKind.NotFound, "IDN-0741",
        "Không tìm thấy phương án sắp xếp này.",
        "There is no such reorganisation.");

    public static readonly Error ReorganisationOwn = new(ErrorKind.Forbidden, "IDN-0742",
        "Người lập phương án không được tự thực hiện. Cần một quản trị viên khác.",
        "Whoever submitted a reorganisation may not apply it. Another administrator has to.");

    public static readonly Error ReorganisationHasFaults = new(ErrorKind.Conflict, "IDN-0743",
        "Phương án còn lỗi nên chưa thể thực hiện. Xem báo cáo.",
        "The reorganisation has faults and cannot be applied. See the report.");

    public static readonly Error ReorganisationDecided = new(ErrorKind.Conflict, "IDN-0744",
        "Phương án này đã được thực hiện hoặc đã hủy.",
        "This reorganisation has been applied or discarded.");

    public static readonly Error ReorganisationUnreadable = new(ErrorKind.Validation, "IDN-0745",
        "Tài liệu sắp xếp chưa đúng. Hãy sửa các mục được đánh dấu.",
        "The document of the reorganisation is not right. Correct the marked fields.");
}
