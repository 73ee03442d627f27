using HaLong.ServiceDefaults;

namespace HaLong.Identity.Domain;

// Codes, registration, passwords, profile, organisations, counter: IDN-0101 to IDN-0199.
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
}
