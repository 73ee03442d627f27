using HaLong.ServiceDefaults;

namespace HaLong.Identity.Domain;

// Codes, registration, passwords, profile: IDN-0101 to IDN-0199.
internal static partial class IdentityErrors
{
    public static readonly Error CodeUnknown = new(ErrorKind.NotFound, "IDN-0101",
        "Không tìm thấy yêu cầu nhập mã này, hoặc yêu cầu đã hết hạn. Hãy bắt đầu lại.",
        "This request for a code is unknown or has run out. Please start again.");

    public static readonly Error CodeWrong = new Error(ErrorKind.Validation, "IDN-0102",
        "Mã không đúng hoặc đã hết hạn.",
        "The code is wrong or has expired.").WithField("code", "Mã không đúng hoặc đã hết hạn.", "The code is wrong or has expired.");

    public static readonly Error CodeTriesUsedUp = new(ErrorKind.TooMany, "IDN-0103",
        "Đã nhập sai quá nhiều lần. Hãy yêu cầu mã mới.",
        "Too many wrong answers. Please ask for a new code.");

    public static readonly Error CodeSentJustNow = new(ErrorKind.TooMany, "IDN-0104",
        "Mã vừa được gửi. Hãy chờ một lát rồi yêu cầu lại.",
        "A code was sent just now. Wait a moment before you ask for another.");

    public static readonly Error CodeSentTooOften = new(ErrorKind.TooMany, "IDN-0105",
        "Đã gửi mã nhiều lần cho yêu cầu này. Hãy bắt đầu lại.",
        "Codes were sent several times for this request. Please start again.");

    public static readonly Error TooManyCodes = new(ErrorKind.TooMany, "IDN-0106",
        "Đã yêu cầu quá nhiều mã. Hãy thử lại sau.",
        "Too many codes were asked for. Try again later.");

    public static readonly Error PasswordWeak = new(ErrorKind.Validation, "IDN-0107",
        "Mật khẩu này dễ bị đoán.",
        "This password is easy to guess.");

    public static readonly Error CurrentPasswordWrong = new Error(ErrorKind.Validation, "IDN-0108",
        "Mật khẩu hiện tại không đúng.",
        "The current password is wrong.").WithField("currentPassword", "Mật khẩu hiện tại không đúng.", "The current password is wrong.");

    public static readonly Error RegistrationNotValid = new(ErrorKind.Validation, "IDN-0109",
        "Thông tin đăng ký chưa đúng.",
        "The registration is not complete.");

    public static readonly Error UserNameInUse = new Error(ErrorKind.Conflict, "IDN-0110",
        "Tên đăng nhập này đã có người dùng.",
        "This user name is taken.").WithField("userName", "Tên đăng nhập này đã có người dùng.", "This user name is taken.");

    public static readonly Error ContactNotValid = new(ErrorKind.Validation, "IDN-0111",
        "Thông tin liên hệ chưa đúng.",
        "The contact details are not right.");

    public static readonly Error ProfileNotValid = new(ErrorKind.Validation, "IDN-0112",
        "Thông tin cá nhân chưa đúng.",
        "The details are not right.");

    public static readonly Error VerifiedNameFixed = new(ErrorKind.Conflict, "IDN-0113",
        "Họ tên và ngày sinh đã được xác minh nên không tự sửa được. Hãy gửi yêu cầu chỉnh sửa dữ liệu (correct) tại /api/v1/me/data-requests.",
        "Name and birth date are verified and cannot be changed here. File a request to correct them (kind correct) at /api/v1/me/data-requests.");

    public static readonly Error OnlyPublicCanClose = new(ErrorKind.Forbidden, "IDN-0114",
        "Tài khoản của cán bộ và người hỗ trợ do quản trị viên đóng.",
        "Accounts of officials and helpers are closed by an administrator.");
}
