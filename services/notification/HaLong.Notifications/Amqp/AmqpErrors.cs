using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Amqp;

/// <summary>The refusals of direct access to the broker.</summary>
internal static class AmqpErrors
{
    public static readonly Error NoAccess = new(
        ErrorKind.NotFound, "NOT-0301", "Chưa có quyền truy cập AMQP.", "There is no AMQP access.");

    public static readonly Error NotOffered = new(
        ErrorKind.NotFound, "NOT-0302", "Hệ thống này không cung cấp truy cập AMQP trực tiếp.", "Direct AMQP access is not offered here.");

    public static readonly Error ClientNotUsable = new(
        ErrorKind.Conflict, "NOT-0303", "Mã ứng dụng chỉ được gồm chữ, số, gạch nối và gạch dưới (tối đa 80 ký tự) để dùng AMQP.",
        "A client that uses AMQP has an id of letters, digits, hyphens and underscores only, at most 80.");

    public static readonly Error BrokerUnavailable = new(
        ErrorKind.Unavailable, "NOT-0304", "Hiện chưa cập nhật được quyền truy cập AMQP. Hãy gửi lại yêu cầu.",
        "The AMQP access cannot be changed at the moment. Repeat the request.")
    { RetryAfterSeconds = 5 };
}
