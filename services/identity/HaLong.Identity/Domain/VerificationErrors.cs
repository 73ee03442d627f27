using HaLong.ServiceDefaults;

namespace HaLong.Identity.Domain;

/// <summary>Refusals at the counter, where people's accounts are found and verified: IDN-1171 to IDN-1189.</summary>
internal static class VerificationErrors
{
    public static readonly Error SearchInvalid = new(ErrorKind.Validation, "IDN-1171",
        "Yêu cầu tìm tài khoản chưa đúng.",
        "The search for an account is not right.");

    public static readonly Error TooManySearches = new(ErrorKind.TooMany, "IDN-1172",
        "Bạn đã tìm tài khoản quá nhiều lần trong một giờ.",
        "You have searched for accounts too often within an hour.");

    public static readonly Error Invalid = new(ErrorKind.Validation, "IDN-1173",
        "Chưa thể xác minh: giấy tờ, số định danh hoặc bước kiểm tra chưa đạt.",
        "Not verified: papers, number or checks do not hold.");

    public static readonly Error NotOneself = new(ErrorKind.Forbidden, "IDN-1174",
        "Không ai tự xác minh tài khoản của mình.",
        "Nobody verifies an account of his own.");

    public static readonly Error Related = new(ErrorKind.Forbidden, "IDN-1175",
        "Tài khoản này có liên quan đến bạn (cùng số điện thoại, thư điện tử hoặc ủy quyền). Hãy để cán bộ khác thực hiện.",
        "This account is close to you (same telephone or e-mail, or a delegation). Let another official do it.");

    public static readonly Error Already = new(ErrorKind.Conflict, "IDN-1176",
        "Tài khoản đã được xác minh và không có gì thay đổi.",
        "The account is verified and nothing changes.");

    public static readonly Error NothingToUndo = new(ErrorKind.Conflict, "IDN-1177",
        "Tài khoản này không có lần xác minh tại quầy nào còn hiệu lực.",
        "There is no verification at the counter to undo.");

    public static readonly Error SecondOfficial = new(ErrorKind.Forbidden, "IDN-1178",
        "Người đã xác minh không tự hủy việc xác minh; cần cán bộ thứ hai.",
        "Who verified does not undo it; a second official does.");

    public static readonly Error UndoInvalid = new(ErrorKind.Validation, "IDN-1179",
        "Hãy nêu lý do hủy xác minh.",
        "Say why the verification is undone.");

    public static readonly Error NumberTaken = new(ErrorKind.Conflict, "IDN-1180",
        "Số định danh trên giấy tờ thuộc một tài khoản khác.",
        "The number on the document belongs to another account.");

    public static readonly Error NotVerifiedByYou = new(ErrorKind.Conflict, "IDN-1181",
        "Chỉ cán bộ vừa xác minh tài khoản này, trong ngày, mới lưu được ảnh giấy tờ.",
        "Only the official who has verified this account within the day stores an image of the document.");
}
