using HaLong.ServiceDefaults;

namespace HaLong.Identity.Domain;

/// <summary>Refusals about delegations (IDN-04xx).</summary>
internal static partial class IdentityErrors
{
    public static readonly Error DelegationInvalid = new(ErrorKind.Validation, "IDN-0401",
        "Nội dung ủy quyền chưa hợp lệ.",
        "The delegation is not valid.");

    public static readonly Error DelegationNotFound = new(ErrorKind.NotFound, "IDN-0402",
        "Không tìm thấy ủy quyền.",
        "There is no such delegation.");

    public static readonly Error DelegationNotOpen = new(ErrorKind.Conflict, "IDN-0403",
        "Ủy quyền này không còn chờ trả lời.",
        "This delegation is not waiting for an answer any more.");

    public static readonly Error DelegationOver = new(ErrorKind.Conflict, "IDN-0404",
        "Ủy quyền này đã kết thúc.",
        "This delegation is over already.");

    public static readonly Error NoRedelegation = new(ErrorKind.Forbidden, "IDN-0405",
        "Người đang làm thay người khác không được giao, nhận hoặc xem ủy quyền của người đó.",
        "Who acts for somebody else cannot give, answer or see that person's delegations.");

    public static readonly Error SigningNotDelegable = new(ErrorKind.Validation, "IDN-0406",
        "Không thể ủy quyền ký số: chữ ký số chỉ thuộc quyền kiểm soát của chính người ký.",
        "Signing cannot be delegated: a signature is under its owner's sole control.");

    public static readonly Error TooManyDelegations = new(ErrorKind.TooMany, "IDN-0407",
        "Bạn đã gửi quá nhiều đề nghị ủy quyền. Hãy thử lại sau.",
        "You have offered too many delegations. Try again later.");

    public static readonly Error DelegateNotAPerson = new(ErrorKind.Forbidden, "IDN-0408",
        "Chỉ cá nhân mới nhận được ủy quyền.",
        "Only a person can be a delegate.");
}
