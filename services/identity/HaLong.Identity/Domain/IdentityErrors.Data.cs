using HaLong.ServiceDefaults;

namespace HaLong.Identity.Domain;

/// <summary>Refusals around personal data: IDN-06xx.</summary>
internal static partial class IdentityErrors
{
    public static readonly Error UnknownSide = new(ErrorKind.Validation, "IDN-0602",
        "Mặt thẻ phải là front (mặt trước) hoặc back (mặt sau).",
        "The side of the card must be front or back.");

    public static readonly Error ImageTooLarge = new(ErrorKind.TooLarge, "IDN-0603",
        "Ảnh không được lớn hơn 10 MB.",
        "The image must not be larger than 10 MB.");

    public static readonly Error NotAnImage = new(ErrorKind.UnsupportedMedia, "IDN-0604",
        "Chỉ nhận ảnh PNG hoặc JPEG còn nguyên vẹn.",
        "Only an intact PNG or JPEG image is accepted.");

    public static readonly Error IdentityDocumentNotFound = new(ErrorKind.NotFound, "IDN-0605",
        "Không có ảnh giấy tờ này.",
        "There is no such image.");

    public static readonly Error InvalidDisclosure = new(ErrorKind.Validation, "IDN-0606",
        "Hãy nêu mục đích xem dữ liệu cá nhân.",
        "Say for what purpose the personal data is needed.");

    public static readonly Error PurposeNotYours = new(ErrorKind.Forbidden, "IDN-0607",
        "Vai trò của bạn không được xem dữ liệu cá nhân cho mục đích này.",
        "Your role may not see personal data for this purpose.");

    public static readonly Error DossierNotOfUnit = new(ErrorKind.Forbidden, "IDN-0608",
        "Hồ sơ này của công dân chưa được mở tại đơn vị của bạn. Hãy mở hồ sơ trước rồi thử lại.",
        "This dossier of the person has not been opened at your unit. Open the dossier first, then try again.");

    public static readonly Error TooManyDisclosures = new(ErrorKind.TooMany, "IDN-0609",
        "Bạn đã xem dữ liệu cá nhân quá nhiều lần trong một giờ. Việc này được báo cho người giám sát.",
        "You have looked at personal data too often within an hour. The supervisor is told.");

    public static readonly Error NoPersonalNumber = new(ErrorKind.NotFound, "IDN-0610",
        "Tài khoản này không có số định danh cá nhân.",
        "This account has no personal identification number.");

    public static readonly Error UnknownPurpose = new(ErrorKind.NotFound, "IDN-0620",
        "Không có mục đích xử lý dữ liệu này.",
        "There is no such purpose of processing.");

    public static readonly Error ConsentNotExplicit = new(ErrorKind.Validation, "IDN-0621",
        "Sự đồng ý phải được nêu rõ: chọn mục đích, phiên bản văn bản và granted = true.",
        "Consent must be explicit: name the purpose, the version of the text, and granted = true.");

    public static readonly Error TextNotInForce = new(ErrorKind.Conflict, "IDN-0622",
        "Văn bản này đã được thay bằng phiên bản {0}. Hãy đọc bản mới rồi quyết định.",
        "This text was replaced by version {0}. Read the new one, then decide.");

    public static readonly Error NotByConsent = new(ErrorKind.Conflict, "IDN-0623",
        "Việc xử lý này không dựa trên sự đồng ý mà theo luật ({0}), nên không rút lại được. Bạn có thể gửi yêu cầu phản đối hoặc hạn chế xử lý.",
        "This processing does not rest on consent but on the law ({0}), so there is nothing to withdraw. You can file a request to object or to restrict.");

    public static readonly Error NeededForAccount = new(ErrorKind.Conflict, "IDN-0624",
        "Không có sự đồng ý này thì không thể có tài khoản. Để rút lại, hãy đóng tài khoản hoặc gửi yêu cầu xóa dữ liệu.",
        "Without this consent there can be no account. To withdraw it, close the account or file a request for deletion.");

    public static readonly Error NothingToWithdraw = new(ErrorKind.NotFound, "IDN-0625",
        "Bạn chưa đồng ý với mục đích này.",
        "You have not agreed to this purpose.");

    public static readonly Error InvalidDataRequest = new(ErrorKind.Validation, "IDN-0630",
        "Yêu cầu về dữ liệu cá nhân chưa hợp lệ.",
        "The request about personal data is not valid.");

    public static readonly Error DataRequestNotFound = new(ErrorKind.NotFound, "IDN-0631",
        "Không tìm thấy yêu cầu này.",
        "There is no such request.");

    public static readonly Error DataRequestState = new(ErrorKind.Conflict, "IDN-0632",
        "Yêu cầu đang ở trạng thái {0} nên không thực hiện được bước này.",
        "The request is in the state {0}, which does not allow this step.");

    public static readonly Error DataRequestOpen = new(ErrorKind.Conflict, "IDN-0633",
        "Bạn đã có một yêu cầu cùng loại đang được xử lý.",
        "You already have a request of this kind that is being dealt with.");

    public static readonly Error ExportGone = new(ErrorKind.NotFound, "IDN-0634",
        "Bản sao dữ liệu không có hoặc đã hết thời gian lưu. Hãy gửi yêu cầu mới.",
        "There is no copy of the data, or it is no longer kept. File a new request.");

    public static readonly Error OwnRequest = new(ErrorKind.Forbidden, "IDN-0635",
        "Không ai được tự giải quyết yêu cầu của chính mình.",
        "Nobody deals with a request of his own.");

    public static readonly Error CannotCorrect = new(ErrorKind.Conflict, "IDN-0636",
        "Không thể ghi dữ liệu đề nghị: số định danh này đang thuộc tài khoản khác.",
        "The proposed data cannot be entered: this personal number belongs to another account.");

    public static readonly Error NotRestricted = new(ErrorKind.NotFound, "IDN-0637",
        "Tài khoản đang không bị hạn chế xử lý.",
        "Processing is not restricted.");

    public static readonly Error SearchTooWide = new(ErrorKind.Validation, "IDN-0640",
        "Hãy nêu người truy cập hoặc chủ thể dữ liệu cần tìm.",
        "Name the person who looked or the person looked at.");
}
