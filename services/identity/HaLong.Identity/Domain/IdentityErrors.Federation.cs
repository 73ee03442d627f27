using HaLong.ServiceDefaults;

namespace HaLong.Identity.Domain;

// Signing in through another identity provider.
internal static partial class IdentityErrors
{
    public static readonly Error ProviderUnavailable = new(ErrorKind.Unavailable, "IDN-0220",
        "Hệ thống định danh này tạm thời không phản hồi. Hãy thử lại sau hoặc đăng nhập bằng cách khác.",
        "This identity provider does not answer at the moment. Try again later or sign in another way.");

    public static readonly Error ProviderRefused = new(ErrorKind.Unauthenticated, "IDN-0221",
        "Không xác minh được kết quả từ hệ thống định danh. Hãy thử đăng nhập lại.",
        "The identity provider's answer could not be verified. Please sign in again.");

    public static readonly Error ClaimsMissing = new(ErrorKind.Forbidden, "IDN-0222",
        "Hệ thống định danh không cung cấp số định danh cá nhân và họ tên nên chưa thể đăng nhập bằng cách này.",
        "The identity provider did not give a personal number and a name, so signing in this way is not possible.");

    public static readonly Error ExternalAccountClosed = new(ErrorKind.Forbidden, "IDN-0223",
        "Tài khoản này đã đóng. Hãy liên hệ bộ phận một cửa nếu bạn cần trợ giúp.",
        "This account is closed. Ask the one-stop unit if you need help.");

    public static readonly Error OtherPersonsNumber = new(ErrorKind.Conflict, "IDN-0224",
        "Số định danh cá nhân từ hệ thống định danh không khớp với tài khoản này.",
        "The personal number from the identity provider does not belong to this account.");

    public static readonly Error LinkedElsewhere = new(ErrorKind.Conflict, "IDN-0225",
        "Tài khoản định danh này đã liên kết với một tài khoản khác.",
        "This identity is linked to another account already.");

    public static readonly Error OnlyCitizens = new(ErrorKind.Forbidden, "IDN-0226",
        "Hiện chỉ tài khoản định danh của công dân đăng nhập được bằng cách này.",
        "Only identities of citizens can sign in this way for now.");

    public static readonly Error AssuranceTooLow = new(ErrorKind.Forbidden, "IDN-0227",
        "Tài khoản định danh mức 1 chưa đủ để mở tài khoản đã có. Hãy đăng nhập bằng mật khẩu rồi liên kết trong trang bảo mật.",
        "An identity of level 1 is not enough to open an account that exists. Sign in with your password and link it on the security page.");

    public static readonly Error LinkNotFound = new(ErrorKind.NotFound, "IDN-0228",
        "Không tìm thấy liên kết này.",
        "There is no such link.");

    public static readonly Error UnknownProvider = new(ErrorKind.NotFound, "IDN-0229",
        "Không có hệ thống định danh này.",
        "There is no such identity provider.");
}
