using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

/// <summary>Everything this service refuses, with its stable code.</summary>
internal static class DossierErrors
{
    public static readonly Error DossierNotFound = new(ErrorKind.NotFound, "DOS-0001",
        "Không tìm thấy hồ sơ.", "There is no such dossier.");

    public static readonly Error ProcedureNotFound = new(ErrorKind.NotFound, "DOS-0002",
        "Không tìm thấy thủ tục hành chính.", "There is no such procedure.");

    public static readonly Error UnknownProcedure = new(ErrorKind.Validation, "DOS-0003",
        "Thủ tục hành chính không tồn tại.", "The procedure does not exist.");

    public static readonly Error UnknownUnit = new(ErrorKind.Validation, "DOS-0004",
        "Đơn vị hành chính không tồn tại hoặc không còn hiệu lực.", "The administrative unit does not exist or is no longer in force.");

    public static readonly Error NotOnline = new(ErrorKind.Validation, "DOS-0005",
        "Thủ tục này chưa tiếp nhận hồ sơ trực tuyến.", "This procedure cannot be filed online.");

    public static readonly Error Invalid = new(ErrorKind.Validation, "DOS-0006",
        "Dữ liệu gửi lên chưa hợp lệ.", "The request is not valid.");

    public static readonly Error MissingComponents = new(ErrorKind.Validation, "DOS-0007",
        "Hồ sơ còn thiếu thành phần bắt buộc.", "The dossier lacks required components.");

    public static readonly Error WrongState = new(ErrorKind.Conflict, "DOS-0008",
        "Không thực hiện được khi hồ sơ đang ở trạng thái “{0}”.", "This cannot be done while the dossier is in state “{1}”.");

    public static readonly Error StorageUnavailable = new(ErrorKind.Unavailable, "DOS-0009",
        "Chưa lưu được tệp; hãy thử lại sau ít phút.", "The file could not be stored; try again in a few minutes.")
    { RetryAfterSeconds = 30 };

    public static readonly Error IdentityUnavailable = new(ErrorKind.Unavailable, "DOS-0010",
        "Chưa tra cứu được đơn vị hành chính hoặc cán bộ; hãy thử lại sau ít phút.",
        "Units and officials cannot be looked up at the moment; try again in a few minutes.")
    { RetryAfterSeconds = 5 };

    public static readonly Error DocumentNotFound = new(ErrorKind.NotFound, "DOS-0011",
        "Không tìm thấy giấy tờ.", "There is no such document.");

    public static readonly Error UnknownComponent = new(ErrorKind.Validation, "DOS-0012",
        "Thành phần hồ sơ không thuộc thủ tục này.", "The component does not belong to this procedure.");

    public static readonly Error FileTooLarge = new(ErrorKind.TooLarge, "DOS-0013",
        "Tệp vượt quá {0} MB.", "The file is larger than {0} MB.");

    public static readonly Error UnsupportedFile = new(ErrorKind.UnsupportedMedia, "DOS-0014",
        "Chỉ nhận tệp PDF, PNG hoặc JPEG còn nguyên vẹn.", "Only intact PDF, PNG or JPEG files are accepted.");

    public static readonly Error BadUpload = new(ErrorKind.Validation, "DOS-0015",
        "Yêu cầu tải lên phải gồm trường “component” và đúng một tệp “file” không rỗng.",
        "An upload consists of a field “component” and exactly one non-empty part “file”.");

    public static readonly Error FeesUnpaid = new(ErrorKind.Conflict, "DOS-0016",
        "Hồ sơ chưa nộp đủ phí, lệ phí.", "The fees of the dossier are not paid.");

    public static readonly Error OwnDossier = new(ErrorKind.Forbidden, "DOS-0017",
        "Không ai được giải quyết hồ sơ của chính mình.", "Nobody processes his own dossier.");

    public static readonly Error SameOfficer = new(ErrorKind.Forbidden, "DOS-0018",
        "Người phê duyệt phải khác cán bộ thụ lý.", "The approver must not be the case officer.");

    public static readonly Error WrongRole = new(ErrorKind.Forbidden, "DOS-0019",
        "Vai trò của bạn không được thực hiện việc này.", "Your role may not do this.");

    public static readonly Error TrackingNotFound = new(ErrorKind.NotFound, "DOS-0020",
        "Không tìm thấy hồ sơ với mã và số kiểm tra này.", "No dossier has this code and check number.");

    public static readonly Error ReceiptNotReady = new(ErrorKind.NotFound, "DOS-0021",
        "Hồ sơ chưa được tiếp nhận nên chưa có giấy tiếp nhận.", "The dossier is not accepted yet, so there is no receipt.");

    public static readonly Error UploadInterrupted = new(ErrorKind.Validation, "DOS-0022",
        "Việc tải lên bị gián đoạn; chưa lưu gì cả.", "The upload broke off; nothing was kept.");

    public static readonly Error DossierFull = new(ErrorKind.TooLarge, "DOS-0023",
        "Tổng dung lượng hoặc số giấy tờ của hồ sơ vượt quá giới hạn.", "The dossier has too many documents or they are too large together.");

    public static readonly Error UnknownOfficer = new(ErrorKind.Validation, "DOS-0024",
        "Người được phân công không phải cán bộ của đơn vị này.", "The assignee is not an officer of this unit.");

    public static readonly Error WrongMediaType = new(ErrorKind.UnsupportedMedia, "DOS-0025",
        "Hãy gửi multipart/form-data.", "Send multipart/form-data.");

    public static readonly Error SignatureUnavailable = new(ErrorKind.Unavailable, "DOS-0026",
        "Dịch vụ ký số đang gián đoạn; hệ thống sẽ tự ký lại.", "The signing service is down; the platform will sign by itself later.");

    public static readonly Error NotCovered = new(ErrorKind.Forbidden, "DOS-0027",
        "Ủy quyền hoặc phiên hỗ trợ không cho phép việc này.", "The delegation or assisted session does not cover this.");

    public static readonly Error RightEnded = new(ErrorKind.Forbidden, "DOS-0028",
        "Ủy quyền hoặc phiên hỗ trợ không còn hiệu lực.", "The delegation or assisted session is over.");

    public static readonly Error AuthoriserUnavailable = new(ErrorKind.Unavailable, "DOS-0029",
        "Chưa kiểm tra được quyền làm thay; hãy thử lại sau ít phút.", "Whether you may act for somebody else cannot be checked at the moment; try again in a few minutes.")
    { RetryAfterSeconds = 5 };

    public static readonly Error SessionHasDossier = new(ErrorKind.AlreadyExists, "DOS-0030",
        "Phiên hỗ trợ này đã có hồ sơ; mỗi phiên chỉ làm một hồ sơ.", "This assisted session has its dossier already; each session is for one.");
}
