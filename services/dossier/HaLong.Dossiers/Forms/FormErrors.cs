using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Forms;

/// <summary>What forms and drafts refuse.</summary>
internal static class FormErrors
{
    public static readonly Error Incomplete = new(ErrorKind.Validation, "DOS-0301",
        "Biểu mẫu chưa đầy đủ hoặc có ô chưa đúng; mỗi ô có một lời chỉ dẫn.", "The form is not complete or something in it is not right; each field says what to do.");

    public static readonly Error FormNotFound = new(ErrorKind.NotFound, "DOS-0302",
        "Không tìm thấy biểu mẫu hoặc phiên bản biểu mẫu này.", "There is no such form, or no such version of it.");

    public static readonly Error RevisionNotFound = new(ErrorKind.NotFound, "DOS-0303",
        "Không tìm thấy lần sửa này; lần sửa quá cũ đã được gộp lại.", "There is no such revision; very old ones have been merged.");

    public static readonly Error TooDeep = new(ErrorKind.Validation, "DOS-0304",
        "Dữ liệu biểu mẫu lồng nhau quá {0} cấp.", "The form data are nested deeper than {0} levels.");

    public static readonly Error DuplicateKey = new(ErrorKind.Validation, "DOS-0305",
        "Một trường xuất hiện hai lần trong cùng một đối tượng JSON; không rõ giá trị nào là đúng.",
        "A field stands twice in one JSON object; it is not clear which value is meant.");

    public static readonly Error ProfileUnavailable = new(ErrorKind.Unavailable, "DOS-0306",
        "Chưa lấy được thông tin từ tài khoản nên các ô đó để trống; hồ sơ nháp vẫn dùng được bình thường.",
        "Your account could not be asked, so those fields are left empty; the draft works all the same.");
}
