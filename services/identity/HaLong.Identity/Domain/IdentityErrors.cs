using HaLong.ServiceDefaults;

namespace HaLong.Identity.Domain;

/// <summary>Everything the identity service refuses, with its stable code.</summary>
internal static partial class IdentityErrors
{
    public static readonly Error TooManyIds = new(ErrorKind.Validation, "IDN-0001",
        "Mỗi lần chỉ được hỏi tối đa 200 mã.",
        "At most 200 ids can be asked for at once.");

    public static readonly Error InvalidDate = new(ErrorKind.Validation, "IDN-0002",
        "Ngày phải có dạng năm-tháng-ngày, ví dụ 2025-07-01.",
        "The date must look like 2025-07-01.");

    public static readonly Error InvalidLevel = new(ErrorKind.Validation, "IDN-0003",
        "Cấp hành chính phải là province, district hoặc commune.",
        "The level must be province, district or commune.");

    public static readonly Error AccountNotFound = new(ErrorKind.NotFound, "IDN-0004",
        "Không tìm thấy tài khoản.",
        "There is no such account.");

    public static readonly Error ReturnUrlNotLocal = new(ErrorKind.Validation, "IDN-0005",
        "Địa chỉ quay lại phải thuộc chính trang này.",
        "The return address must be on this site.");

    public static readonly Error WrongCredentials = new(ErrorKind.Unauthenticated, "IDN-0006",
        "Tên đăng nhập hoặc mật khẩu không đúng.",
        "The user name or the password is wrong.");

    public static readonly Error TooManyAttempts = new(ErrorKind.TooMany, "IDN-0007",
        "Đã nhập sai nhiều lần. Hãy thử lại sau ít phút.",
        "Too many wrong attempts. Try again in a few minutes.");

    public static readonly Error FormExpired = new(ErrorKind.Validation, "IDN-0008",
        "Trang đã mở quá lâu. Hãy nhập lại.",
        "This page was open for too long. Please enter it again.");

    public static readonly Error UserNameMissing = new(ErrorKind.Validation, "IDN-0009",
        "Hãy nhập tên đăng nhập.",
        "Enter your user name.");

    public static readonly Error PasswordMissing = new(ErrorKind.Validation, "IDN-0010",
        "Hãy nhập mật khẩu.",
        "Enter your password.");
}
