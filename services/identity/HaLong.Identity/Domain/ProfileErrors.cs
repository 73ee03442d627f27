using HaLong.ServiceDefaults;

namespace HaLong.Identity.Domain;

/// <summary>What is refused about one's own profile, contact points, preferences and the end of the account: IDN-1101 to IDN-1149.</summary>
internal static class ProfileErrors
{
    public static readonly Error ContactExists = new(ErrorKind.AlreadyExists, "IDN-1101",
        "Tài khoản đã có thông tin liên hệ loại này. Hãy thay thế thay vì thêm mới.",
        "The account has a contact point of this kind. Replace it instead of adding one.");

    public static readonly Error ContactNotFound = new(ErrorKind.NotFound, "IDN-1102",
        "Tài khoản không có thông tin liên hệ này.",
        "The account has no such contact point.");

    public static readonly Error PhoneNeeded = new(ErrorKind.Conflict, "IDN-1103",
        "Không thể xóa số điện thoại duy nhất: mã xác nhận được gửi đến đó. Hãy thay bằng số mới.",
        "The only telephone cannot be removed: codes are sent to it. Replace it with a new number.");

    public static readonly Error SameContact = new(ErrorKind.Conflict, "IDN-1104",
        "Đây là thông tin liên hệ hiện tại của bạn và đã được xác nhận.",
        "This is your contact point already, and it is confirmed.");

    public static readonly Error NameKeptElsewhere = new(ErrorKind.Conflict, "IDN-1105",
        "Tên của tổ chức lấy theo đăng ký doanh nghiệp; tên của cán bộ và người hỗ trợ do quản trị viên sửa.",
        "The name of an organisation follows its registration; names of officials and helpers are changed by an administrator.");

    public static readonly Error PreferencesNotValid = new(ErrorKind.Validation, "IDN-1106",
        "Tùy chọn nhận thông báo chưa đúng.",
        "The preferences are not right.");

    public static readonly Error CannotCloseYet = new(ErrorKind.Conflict, "IDN-1107",
        "Chưa thể đóng tài khoản. Hãy giải quyết hết các việc được nêu.",
        "The account cannot be closed yet. Settle everything that is listed first.");

    public static readonly Error NowhereToConfirm = new(ErrorKind.Conflict, "IDN-1108",
        "Để đóng tài khoản cần xác nhận bằng mã gửi đến điện thoại hoặc thư điện tử. Hãy thêm thông tin liên hệ trước.",
        "Closing an account is confirmed with a code sent to your telephone or e-mail. Add a contact point first.");

    public static readonly Error OrganisationStays = new(ErrorKind.Forbidden, "IDN-1109",
        "Tài khoản của tổ chức được đóng tại Bộ phận Một cửa, theo quyết định giải thể hoặc chấm dứt hoạt động.",
        "The account of an organisation is closed at a one-stop office, on the decision that dissolves it.");

    public static readonly Error ContactKindUnknown = new Error(ErrorKind.Validation, "IDN-1110",
        "Loại thông tin liên hệ là phone hoặc email.",
        "The kind of a contact point is phone or email.").WithField("kind", "Là phone hoặc email.", "It is phone or email.");
}
