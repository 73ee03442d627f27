using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features.Queues;

/// <summary>What work queues refuse.</summary>
internal static class QueueErrors
{
    public static readonly Error Invalid = new(ErrorKind.Validation, "DOS-0701",
        "Điều kiện xem hàng chờ chưa hợp lệ.", "The work queue cannot be shown like this.");

    public static readonly Error SearchInvalid = new(ErrorKind.Validation, "DOS-0702",
        "Điều kiện tìm hồ sơ chưa hợp lệ.", "Dossiers cannot be searched like this.");

    public static readonly Error NumberUnavailable = new(ErrorKind.Unavailable, "DOS-0703",
        "Chưa tìm được theo số định danh cá nhân; hãy thử lại sau ít phút hoặc tìm theo mã hồ sơ, họ tên.",
        "Personal numbers cannot be looked up at the moment; try again in a few minutes, or search by code or name.")
    { RetryAfterSeconds = 5 };
}
