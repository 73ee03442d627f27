using HaLong.ServiceDefaults;

namespace HaLong.Identity.Domain;

internal static partial class IdentityErrors
{
    public static readonly Error ClientNotFound = new(ErrorKind.NotFound, "IDN-0721",
        "Không tìm thấy ứng dụng này.",
        "There is no such client.");

    public static readonly Error ClientIdTaken = new(ErrorKind.AlreadyExists, "IDN-0722",
        "Mã ứng dụng này đã được dùng.",
        "This client id is taken.");

    public static readonly Error ClientByConfiguration = new(ErrorKind.Conflict, "IDN-0723",
        "Ứng dụng này thuộc nền tảng và được quản lý bằng cấu hình.",
        "This client belongs to the platform and is kept by its configuration.");

    public static readonly Error ClientDisabled = new(ErrorKind.Conflict, "IDN-0724",
        "Ứng dụng này đang bị khóa.",
        "This client is disabled.");

    public static readonly Error ClientHasNoSecret = new(ErrorKind.Conflict, "IDN-0725",
        "Ứng dụng này không dùng mật khẩu ứng dụng.",
        "This client does not use a secret.");

    public static readonly Error PlaceNotFound = new(ErrorKind.NotFound, "IDN-0731",
        "Không tìm thấy nơi tiếp nhận này.",
        "There is no such receiving place.");
}
