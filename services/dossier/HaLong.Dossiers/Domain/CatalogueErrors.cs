using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

/// <summary>What the procedure catalogue refuses.</summary>
internal static class CatalogueErrors
{
    public static readonly Error InvalidDay = new(ErrorKind.Validation, "DOS-0201",
        "Ngày phải có dạng yyyy-MM-dd.", "A day is written yyyy-MM-dd.");

    public static readonly Error VersionNotFound = new(ErrorKind.NotFound, "DOS-0202",
        "Không tìm thấy phiên bản thủ tục.", "There is no such version of the procedure.");

    public static readonly Error DraftNotFound = new(ErrorKind.NotFound, "DOS-0203",
        "Không tìm thấy bản dự thảo thủ tục.", "There is no such draft of a procedure.");

    public static readonly Error NotCatalogueKeeper = new(ErrorKind.Forbidden, "DOS-0204",
        "Chỉ quản trị viên của đơn vị cấp tỉnh hoặc thành phố được quản lý danh mục thủ tục.",
        "Only administrators of a province or city unit keep the catalogue of procedures.");

    public static readonly Error DraftExists = new(ErrorKind.AlreadyExists, "DOS-0205",
        "Thủ tục này đang có một bản dự thảo chưa công bố; hãy sửa bản đó.", "This procedure has an unpublished draft already; change that one.");

    public static readonly Error InvalidContent = new(ErrorKind.Validation, "DOS-0206",
        "Nội dung thủ tục còn {0} chỗ chưa đúng.", "The content of the procedure has {0} defects.");

    public static readonly Error WrongDraftState = new(ErrorKind.Conflict, "DOS-0207",
        "Không thực hiện được khi bản dự thảo ở trạng thái “{0}”.", "This cannot be done while the draft is in state “{1}”.");

    public static readonly Error FourEyes = new(ErrorKind.Forbidden, "DOS-0208",
        "Người đã soạn thảo không được tự phê duyệt hoặc công bố; cần một quản trị viên khác.",
        "Who drafted does not approve or publish: a second administrator has to.");

    public static readonly Error InThePast = new(ErrorKind.Validation, "DOS-0209",
        "Ngày có hiệu lực không được ở quá khứ.", "The first day of validity must not be in the past.");

    public static readonly Error InvalidPeriod = new(ErrorKind.Validation, "DOS-0210",
        "Ngày hết hiệu lực không được trước ngày có hiệu lực.", "The last day must not be before the first.");

    public static readonly Error Overlap = new(ErrorKind.Conflict, "DOS-0211",
        "Đã có phiên bản có hiệu lực từ ngày {0}; các phiên bản không được chồng lên nhau.",
        "A version begins on {1} already; versions must not overlap.");

    public static readonly Error CannotReplace = new(ErrorKind.Validation, "DOS-0212",
        "Chỉ thay thế được phiên bản bắt đầu đúng ngày đó và chưa có hiệu lực trước hôm nay.",
        "Only a version that begins on that very day, and not before today, can be replaced.");

    public static readonly Error NothingToRepeal = new(ErrorKind.Conflict, "DOS-0213",
        "Không có phiên bản nào có hiệu lực vào ngày đó để bãi bỏ.", "No version is in force on that day, so there is nothing to repeal.");

    public static readonly Error BaseMoved = new(ErrorKind.Conflict, "DOS-0214",
        "Thủ tục đã được công bố thay đổi sau khi bản dự thảo này bắt đầu; hãy so sánh và cập nhật dự thảo.",
        "The procedure was changed by a publication after this draft began; compare and bring the draft up to date.");

    public static readonly Error InvalidDraft = new(ErrorKind.Validation, "DOS-0215",
        "Dữ liệu bản dự thảo chưa hợp lệ.", "The draft is not valid.");

    public static readonly Error InvalidImport = new(ErrorKind.Validation, "DOS-0216",
        "Tệp nhập có {0} lỗi; chưa có gì được thay đổi.", "The file has {0} defects; nothing was changed.");

    public static readonly Error NothingToImport = new(ErrorKind.Conflict, "DOS-0217",
        "Tệp nhập không khác danh mục hiện hành.", "The file does not differ from the catalogue.");

    public static readonly Error ImportNotFound = new(ErrorKind.NotFound, "DOS-0218",
        "Không tìm thấy lần nhập này, hoặc không còn bản dự thảo nào của nó chờ công bố.",
        "There is no such import, or none of its drafts waits any more.");

    public static readonly Error ReasonMissing = new(ErrorKind.Validation, "DOS-0219",
        "Hãy nêu lý do, tối đa 500 ký tự.", "Say why, in at most 500 characters.");

    public static readonly Error DayMissing = new(ErrorKind.Validation, "DOS-0220",
        "Hãy nêu ngày có hiệu lực.", "Say from which day it is valid.");

    public static readonly Error NothingChanged = new(ErrorKind.Conflict, "DOS-0221",
        "Bản dự thảo không khác phiên bản đang có.", "The draft does not differ from the version there is.");
}
