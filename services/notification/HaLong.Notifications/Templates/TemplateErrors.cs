using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Templates;

/// <summary>What the administration of templates refuses.</summary>
internal static class TemplateErrors
{
    public static readonly Error KindNotFound = new(ErrorKind.NotFound, "NOT-0200",
        "Không có loại thông báo này.", "There is no such kind of notice.");

    public static readonly Error VersionNotFound = new(ErrorKind.NotFound, "NOT-0201",
        "Không tìm thấy phiên bản mẫu thông báo.", "There is no such version of the template.");

    public static readonly Error DraftNotFound = new(ErrorKind.NotFound, "NOT-0202",
        "Không tìm thấy bản dự thảo mẫu thông báo.", "There is no such draft of a template.");

    public static readonly Error DraftExists = new(ErrorKind.AlreadyExists, "NOT-0203",
        "Loại thông báo này đang có một bản dự thảo; hãy sửa bản đó.", "This kind of notice has a draft already; change that one.");

    public static readonly Error InvalidDraft = new(ErrorKind.Validation, "NOT-0204",
        "Dữ liệu bản dự thảo chưa hợp lệ.", "The draft is not valid.");

    public static readonly Error Defective = new(ErrorKind.Validation, "NOT-0205",
        "Mẫu thông báo còn {0} chỗ chưa đúng.", "The template has {0} defects.");

    public static readonly Error WrongState = new(ErrorKind.Conflict, "NOT-0206",
        "Không thực hiện được khi mẫu thông báo ở trạng thái “{0}”.", "This cannot be done while the template is in state “{1}”.");

    public static readonly Error FourEyes = new(ErrorKind.Forbidden, "NOT-0207",
        "Người đã soạn thảo không được tự duyệt; cần một quản trị viên khác.", "Who drafted does not approve: a second administrator has to.");

    public static readonly Error BaseMoved = new(ErrorKind.Conflict, "NOT-0208",
        "Đã có phiên bản mới sau khi bản dự thảo này bắt đầu; hãy so sánh và cập nhật dự thảo.",
        "A newer version was published after this draft began; compare and bring the draft up to date.");

    public static readonly Error InThePast = new(ErrorKind.Validation, "NOT-0209",
        "Thời điểm có hiệu lực không được ở quá khứ.", "The start of validity must not be in the past.");

    public static readonly Error ReasonMissing = new(ErrorKind.Validation, "NOT-0210",
        "Hãy nêu lý do, tối đa 500 ký tự.", "Say why, in at most 500 characters.");

    public static readonly Error LastVersion = new(ErrorKind.Conflict, "NOT-0211",
        "Đây là phiên bản duy nhất đang có hiệu lực nên không thể thôi áp dụng.", "This is the only version in force and cannot be withdrawn.");

    public static readonly Error NothingChanged = new(ErrorKind.Conflict, "NOT-0212",
        "Bản dự thảo không khác phiên bản mới nhất.", "The draft does not differ from the latest version.");

    public static readonly Error InvalidValues = new(ErrorKind.Validation, "NOT-0213",
        "Giá trị xem trước chưa hợp lệ.", "The values for the preview are not valid.");

    public static readonly Error InvalidComparison = new(ErrorKind.Validation, "NOT-0214",
        "Hãy nêu hai phiên bản cần so sánh: số, hoặc “draft”.", "Name two versions to compare: a number, or “draft”.");
}
