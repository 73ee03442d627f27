using HaLong.ServiceDefaults;

namespace HaLong.Identity.Domain;

// Second factors, passkeys and step-up.
internal static partial class IdentityErrors
{
    public static readonly Error WrongCode = new(ErrorKind.Validation, "IDN-0201",
        "Mã không đúng hoặc đã hết hạn. Hãy nhập mã đang hiện trong ứng dụng.",
        "The code is wrong or too old. Enter the code that the app shows now.");

    public static readonly Error CodeUsed = new(ErrorKind.Validation, "IDN-0202",
        "Mã này đã được dùng. Hãy chờ ứng dụng hiện mã mới.",
        "This code was used already. Wait until the app shows a new one.");

    public static readonly Error WrongRecoveryCode = new(ErrorKind.Validation, "IDN-0203",
        "Mã khôi phục không đúng hoặc đã được dùng.",
        "The recovery code is wrong or was used already.");

    public static readonly Error CodeMissing = new(ErrorKind.Validation, "IDN-0204",
        "Hãy nhập mã.",
        "Enter the code.");

    public static readonly Error AuthenticatorExists = new(ErrorKind.Conflict, "IDN-0205",
        "Tài khoản đã có ứng dụng xác thực. Hãy gỡ ứng dụng cũ trước khi thêm ứng dụng mới.",
        "The account has an authenticator app. Remove it before adding another.");

    public static readonly Error NoAuthenticator = new(ErrorKind.NotFound, "IDN-0206",
        "Tài khoản chưa có ứng dụng xác thực.",
        "The account has no authenticator app.");

    public static readonly Error SignInExpired = new(ErrorKind.Unauthenticated, "IDN-0207",
        "Bước đăng nhập đã quá 5 phút. Hãy đăng nhập lại từ đầu.",
        "The sign-in took longer than 5 minutes. Start it again.");

    public static readonly Error PasskeyRefused = new(ErrorKind.Unauthenticated, "IDN-0208",
        "Không xác thực được khóa truy cập. Hãy thử lại hoặc dùng cách đăng nhập khác.",
        "The passkey could not be verified. Try again or sign in another way.");

    public static readonly Error PasskeyExists = new(ErrorKind.AlreadyExists, "IDN-0209",
        "Khóa truy cập này đã được đăng ký.",
        "This passkey is registered already.");

    public static readonly Error PasskeyNotFound = new(ErrorKind.NotFound, "IDN-0210",
        "Không tìm thấy khóa truy cập.",
        "There is no such passkey.");

    public static readonly Error TooManyPasskeys = new(ErrorKind.Conflict, "IDN-0211",
        "Mỗi tài khoản có tối đa 20 khóa truy cập. Hãy gỡ bớt khóa không còn dùng.",
        "An account has at most 20 passkeys. Remove those you no longer use.");

    public static readonly Error PasskeyNameInvalid = new(ErrorKind.Validation, "IDN-0212",
        "Hãy đặt tên khóa truy cập, dài không quá 60 ký tự.",
        "Give the passkey a name of at most 60 characters.");

    public static readonly Error LastWayIn = new(ErrorKind.Conflict, "IDN-0213",
        "Đây là cách đăng nhập duy nhất của bạn. Hãy thêm cách khác trước khi gỡ.",
        "This is your only way to sign in. Add another before you remove it.");

    public static readonly Error NoSecondFactor = new(ErrorKind.Conflict, "IDN-0214",
        "Hãy bật ứng dụng xác thực hoặc khóa truy cập trước khi tạo mã khôi phục.",
        "Turn on an authenticator app or a passkey before making recovery codes.");

    public static readonly Error OnlyTheOwner = new(ErrorKind.Forbidden, "IDN-0215",
        "Chỉ chủ tài khoản được thay đổi cách đăng nhập, không ai làm thay.",
        "Only the owner of an account may change how to sign in; nobody does it for them.");
}
