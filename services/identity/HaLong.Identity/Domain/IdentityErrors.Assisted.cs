using HaLong.ServiceDefaults;

namespace HaLong.Identity.Domain;

/// <summary>Refusals about assisted sessions (IDN-05xx).</summary>
internal static partial class IdentityErrors
{
    public static readonly Error AssistedInvalid = new(ErrorKind.Validation, "IDN-0501",
        "Yêu cầu hỗ trợ chưa hợp lệ.",
        "The request for an assisted session is not valid.");

    public static readonly Error AssistedSigning = new(ErrorKind.Validation, "IDN-0502",
        "Người hỗ trợ không bao giờ được ký thay công dân.",
        "A helper can never sign for a citizen.");

    public static readonly Error AssistedNotFound = new(ErrorKind.NotFound, "IDN-0503",
        "Không tìm thấy phiên hỗ trợ.",
        "There is no such assisted session.");

    public static readonly Error AssistedWrongState = new(ErrorKind.Conflict, "IDN-0504",
        "Phiên hỗ trợ không ở bước này hoặc đã hết hạn.",
        "The assisted session is not at this step, or its time is over.");

    public static readonly Error AssistedOver = new(ErrorKind.Conflict, "IDN-0505",
        "Phiên hỗ trợ đã kết thúc.",
        "The assisted session is over already.");

    public static readonly Error AssistedTwice = new(ErrorKind.AlreadyExists, "IDN-0506",
        "Bạn đang có một phiên hỗ trợ chưa kết thúc với công dân này.",
        "You have an assisted session with this citizen that is not over.");

    public static readonly Error WrongConsentCode = new(ErrorKind.Validation, "IDN-0507",
        "Mã đồng ý không đúng hoặc đã hết hạn.",
        "The consent code is wrong or has expired.");

    public static readonly Error WitnessNotAnother = new(ErrorKind.Forbidden, "IDN-0508",
        "Người làm chứng phải là một người hỗ trợ khác của cùng đơn vị.",
        "The witness must be another helper of the same unit.");

    public static readonly Error AssistedNobody = new(ErrorKind.Conflict, "IDN-0509",
        "Không thể bắt đầu phiên hỗ trợ với số định danh và họ tên này.",
        "An assisted session cannot start with this personal number and name.");

    public static readonly Error TooManyAssisted = new(ErrorKind.TooMany, "IDN-0510",
        "Bạn đã mở quá nhiều phiên hỗ trợ trong một giờ. Hãy thử lại sau.",
        "You have opened too many assisted sessions within an hour. Try again later.");

    public static readonly Error BadScan = new(ErrorKind.Validation, "IDN-0511",
        "Hãy gửi đúng một tệp “scan” không rỗng bằng multipart/form-data.",
        "Send exactly one non-empty part “scan” as multipart/form-data.");

    public static readonly Error ScanType = new(ErrorKind.UnsupportedMedia, "IDN-0512",
        "Chỉ nhận bản quét PDF, PNG hoặc JPEG còn nguyên vẹn.",
        "Only intact PDF, PNG or JPEG scans are accepted.");

    public static readonly Error ScanTooLarge = new(ErrorKind.TooLarge, "IDN-0513",
        "Bản quét vượt quá 10 MB.",
        "The scan is larger than 10 MB.");

    public static readonly Error HelperWithoutUnit = new(ErrorKind.Forbidden, "IDN-0514",
        "Tài khoản hỗ trợ chưa được phân về đơn vị nào.",
        "The helper's account belongs to no unit.");
}
