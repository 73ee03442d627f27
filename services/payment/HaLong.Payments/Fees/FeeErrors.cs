using HaLong.ServiceDefaults;

namespace HaLong.Payments.Fees;

/// <summary>What quotes refuse.</summary>
internal static class FeeErrors
{
    public static readonly Error BadQuestion = new(ErrorKind.Validation, "PAY-0401",
        "Yêu cầu tính phí, lệ phí không hợp lệ.",
        "This question about fees is not valid.");

    public static readonly Error OutOfRange = new(ErrorKind.Validation, "PAY-0402",
        "Số tiền phí, lệ phí vượt giới hạn của một yêu cầu thanh toán.",
        "The fees are more than one payment can be.");
}
