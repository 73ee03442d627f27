using HaLong.ServiceDefaults;

namespace HaLong.Messaging;

/// <summary>Refusals of looking at evidence, the same in every service.</summary>
internal static class EvidenceErrors
{
    /// <summary>from or to is no month, or from is after to.</summary>
    public static readonly Error InvalidMonths = new(
        ErrorKind.Validation, "CMN-0601", "Khoảng thời gian kiểm tra không hợp lệ: dùng yyyy-MM, từ tháng đầu đến tháng cuối.",
        "The months to verify are not valid: use yyyy-MM, the first not after the last.");

    /// <summary>Somebody has the evidence verified at this moment.</summary>
    public static readonly Error Busy = new(
        ErrorKind.Unavailable, "CMN-0602", "Chuỗi chứng cứ đang được kiểm tra theo yêu cầu khác. Hãy thử lại sau ít phút.",
        "The evidence is being verified for somebody else. Try again in a few minutes.")
    { RetryAfterSeconds = 30 };
}
