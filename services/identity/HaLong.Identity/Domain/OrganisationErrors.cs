using HaLong.ServiceDefaults;

namespace HaLong.Identity.Domain;

/// <summary>Refusals about organisations and who represents them: IDN-1151 to IDN-1169.</summary>
internal static class OrganisationErrors
{
    public static readonly Error Invalid = new(ErrorKind.Validation, "IDN-1151",
        "Thông tin tổ chức chưa đúng.",
        "The details of the organisation are not right.");

    public static readonly Error OnlyPeople = new(ErrorKind.Forbidden, "IDN-1152",
        "Chỉ công dân, bằng tài khoản của chính mình, mới làm được việc này.",
        "Only a citizen does this, with an account of his own.");

    public static readonly Error LevelTooLow = new(ErrorKind.Forbidden, "IDN-1153",
        "Người đại diện phải có tài khoản đã xác minh (mức 2). Hãy xác minh qua VNeID hoặc tại Bộ phận Một cửa.",
        "A representative needs a verified account (level 2). Have it verified by VNeID or at a one-stop office.");

    public static readonly Error TooManyClaims = new(ErrorKind.TooMany, "IDN-1154",
        "Bạn đã gửi quá nhiều đăng ký tổ chức. Hãy thử lại sau.",
        "You have registered too many organisations. Try again later.");

    public static readonly Error ClaimNotFound = new(ErrorKind.NotFound, "IDN-1155",
        "Không tìm thấy đăng ký tổ chức này.",
        "There is no such registration of an organisation.");

    public static readonly Error ClaimDecided = new(ErrorKind.Conflict, "IDN-1156",
        "Đăng ký này đã được giải quyết hoặc rút lại.",
        "This registration has been decided or withdrawn.");

    public static readonly Error Exists = new(ErrorKind.Conflict, "IDN-1157",
        "Mã số này đã có tổ chức. Nếu người đại diện đã thay đổi, hãy ghi nhận thay đổi người đại diện.",
        "There is an organisation with this code. If its representative has changed, enter the change of representative.");

    public static readonly Error OwnOrganisation = new(ErrorKind.Forbidden, "IDN-1158",
        "Không ai giải quyết việc của tổ chức mình đại diện hoặc của người có liên quan đến mình.",
        "Nobody decides about an organisation of his own, or of somebody close to him.");

    public static readonly Error NotFound = new(ErrorKind.NotFound, "IDN-1159",
        "Không tìm thấy tổ chức.",
        "There is no such organisation.");

    public static readonly Error RepresentativeInvalid = new(ErrorKind.Validation, "IDN-1160",
        "Thông tin người đại diện chưa đúng.",
        "The details of the representative are not right.");

    public static readonly Error RepresentativeNotFound = new(ErrorKind.NotFound, "IDN-1161",
        "Không tìm thấy người đại diện này.",
        "There is no such representative.");

    public static readonly Error NotOpen = new(ErrorKind.Conflict, "IDN-1162",
        "Lời mời này không còn chờ trả lời.",
        "This invitation is not waiting for an answer any more.");

    public static readonly Error Over = new(ErrorKind.Conflict, "IDN-1163",
        "Việc đại diện này đã kết thúc.",
        "This representation is over already.");

    public static readonly Error LegalByOfficial = new(ErrorKind.Forbidden, "IDN-1164",
        "Người đại diện theo pháp luật chỉ được thay đổi tại Bộ phận Một cửa, kèm giấy tờ.",
        "A legal representative is changed at a one-stop office only, with the papers.");

    public static readonly Error OnlyLegal = new(ErrorKind.Forbidden, "IDN-1165",
        "Chỉ người đại diện theo pháp luật mới làm được việc này.",
        "Only a legal representative does this.");

    public static readonly Error TooManyInvitations = new(ErrorKind.TooMany, "IDN-1166",
        "Tổ chức đã mời quá nhiều người. Hãy thử lại sau.",
        "The organisation has invited too many people. Try again later.");

    public static readonly Error Already = new(ErrorKind.Conflict, "IDN-1167",
        "Người này đã được mời hoặc đang là người đại diện.",
        "This person is invited or represents the organisation already.");

    public static readonly Error DecisionInvalid = new(ErrorKind.Validation, "IDN-1168",
        "Nội dung giải quyết chưa đúng.",
        "The decision is not complete.");
}
