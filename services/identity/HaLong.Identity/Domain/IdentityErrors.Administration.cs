using HaLong.ServiceDefaults;

namespace HaLong.Identity.Domain;

internal static partial class IdentityErrors
{
    public static readonly Error InvalidAdministration = new(ErrorKind.Validation, "IDN-0700",
        "Một số thông tin chưa đúng. Hãy sửa các mục được đánh dấu.",
        "Some details are not right. Correct the marked fields.");

    public static readonly Error ProvinceOnly = new(ErrorKind.Forbidden, "IDN-0701",
        "Việc này do quản trị viên cấp tỉnh thực hiện.",
        "Only an administrator of the province may do this.");

    public static readonly Error StaffNotFound = new(ErrorKind.NotFound, "IDN-0702",
        "Không tìm thấy cán bộ này trong phạm vi quản lý của bạn.",
        "There is no such member of staff within your responsibility.");

    public static readonly Error UserNameTaken = new(ErrorKind.AlreadyExists, "IDN-0703",
        "Tên đăng nhập này đã có người dùng.",
        "This user name is taken.");

    public static readonly Error NumberNotUsable = new(ErrorKind.Conflict, "IDN-0704",
        "Không thể dùng số định danh này cho một tài khoản mới.",
        "This personal number cannot be used for a new account.");

    public static readonly Error AssignmentNotFound = new(ErrorKind.NotFound, "IDN-0705",
        "Không tìm thấy phân công này.",
        "There is no such assignment.");

    public static readonly Error AlreadyAssigned = new(ErrorKind.Conflict, "IDN-0706",
        "Người này đã giữ vai trò đó tại đơn vị trong thời gian này.",
        "This person already holds the role in the unit at that time.");

    public static readonly Error StaffClosed = new(ErrorKind.Conflict, "IDN-0707",
        "Tài khoản đã đóng.",
        "The account is closed.");

    public static readonly Error WorksElsewhere = new(ErrorKind.Forbidden, "IDN-0708",
        "Người này còn làm việc cho đơn vị khác. Hãy đề nghị quản trị viên cấp tỉnh thực hiện.",
        "This person also works for another unit. Ask an administrator of the province.");

    public static readonly Error OwnRights = new(ErrorKind.Forbidden, "IDN-0709",
        "Không ai được tự thay đổi quyền của chính mình.",
        "Nobody may change their own rights.");

    public static readonly Error AssignmentOver = new(ErrorKind.Conflict, "IDN-0710",
        "Phân công này đã kết thúc.",
        "This assignment is over.");

    public static readonly Error LongerNeedsGrant = new(ErrorKind.Conflict, "IDN-0711",
        "Kéo dài vai trò này cần một đề nghị mới và quản trị viên thứ hai xác nhận.",
        "A longer term of this role needs a new request that a second administrator confirms.");

    public static readonly Error GrantNotFound = new(ErrorKind.NotFound, "IDN-0712",
        "Không tìm thấy đề nghị cấp quyền này.",
        "There is no such request for a role.");

    public static readonly Error GrantOwnRequest = new(ErrorKind.Forbidden, "IDN-0713",
        "Người đề nghị không được tự xác nhận. Cần một quản trị viên khác.",
        "Whoever asked for it may not decide about it. Another administrator has to.");

    public static readonly Error GrantOwnBenefit = new(ErrorKind.Forbidden, "IDN-0714",
        "Người được cấp quyền không được tự xác nhận.",
        "Whoever is to get the role may not decide about it.");

    public static readonly Error GrantDecided = new(ErrorKind.Conflict, "IDN-0715",
        "Đề nghị này đã được xử lý.",
        "This request has already been decided.");

    public static readonly Error GrantExpired = new(ErrorKind.Conflict, "IDN-0716",
        "Đề nghị này đã quá hạn. Hãy lập đề nghị mới.",
        "This request has run out. Make a new one.");

    public static readonly Error GrantWaiting = new(ErrorKind.Conflict, "IDN-0717",
        "Đã có một đề nghị như vậy đang chờ xác nhận.",
        "Such a request is already waiting for confirmation.");
}
