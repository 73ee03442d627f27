using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Sending.Mail;

/// <summary>The refusals around what comes back by mail.</summary>
internal static class MailErrors
{
    public static readonly Error BadSignature = new(
        ErrorKind.Unauthenticated, "NOT-0150", "Chữ ký của báo cáo thư không đúng.", "The signature of the mail report does not hold.");

    public static readonly Error StaleReport = new(
        ErrorKind.Unauthenticated, "NOT-0151", "Báo cáo thư đã quá thời hạn.", "The mail report is too old or from the future.");

    /// <summary>The report overtook our own row: the mail server's pipe keeps it and comes again.</summary>
    public static readonly Error NotYet = new(
        ErrorKind.Unavailable, "NOT-0152",
        "Thư này đang được gửi; hãy gửi lại báo cáo sau.", "The mail is being sent at this moment; post the report again later.")
    { RetryAfterSeconds = 5 };
}
