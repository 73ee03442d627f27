using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

/// <summary>What filing refuses.</summary>
internal static class SubmissionErrors
{
    public static readonly Error Incomplete = new(ErrorKind.Validation, "DOS-0501",
        "Hồ sơ chưa nộp được; các điểm cần sửa được nêu đầy đủ bên dưới.", "The dossier cannot be filed yet; everything to be mended is listed.");

    public static readonly Error ProcedureEnded = new(ErrorKind.Validation, "DOS-0502",
        "Thủ tục hành chính này không còn hiệu lực.", "This procedure is no longer in force.");

    public static readonly Error PlaceUnclear = new(ErrorKind.Validation, "DOS-0503",
        "Chưa xác định được đơn vị giải quyết; hãy chọn lại địa bàn hoặc đơn vị.", "Which unit decides is not clear; choose the place or the unit again.");

    public static readonly Error OutsideProvince = new(ErrorKind.Validation, "DOS-0504",
        "Đơn vị tiếp nhận phải thuộc cùng tỉnh với đơn vị giải quyết.", "The receiving unit must be in the province of the unit that decides.");

    public static readonly Error Duplicate = new(ErrorKind.Conflict, "DOS-0505",
        "Đã có hồ sơ cùng nội dung của chủ hồ sơ này. Nếu vẫn muốn nộp, gửi lại với “confirmDuplicate” và “duplicateReason”.",
        "The owner has a dossier about the same matter already. To file none the less, send “confirmDuplicate” and “duplicateReason”.");

    public static readonly Error DuplicateReason = new(ErrorKind.Validation, "DOS-0506",
        "Hãy nêu lý do nộp thêm hồ sơ cùng nội dung (từ 1 đến {0} ký tự).", "Say why the same matter is filed again (1 to {0} characters).");

    public static readonly Error FileLost = new(ErrorKind.Validation, "DOS-0507",
        "Tệp “{0}” không còn mở được; hãy đính kèm lại.", "The file “{0}” cannot be opened any more; attach it again.");

    public static readonly Error FeeChoice = new(ErrorKind.Validation, "DOS-0508",
        "Khoản phí tùy chọn không có trong thủ tục này hoặc số lượng không hợp lệ.", "The optional fee does not belong to this procedure, or its quantity is not valid.");

    public static readonly Error ReceiptNotThere = new(ErrorKind.NotFound, "DOS-0509",
        "Hồ sơ chưa có biên nhận nộp.", "The dossier has no submission receipt.");

    public static readonly Error UnknownOwner = new(ErrorKind.Validation, "DOS-0510",
        "Chủ hồ sơ phải là tài khoản của công dân hoặc tổ chức.", "The owner must be an account of a citizen or an organisation.");

    public static readonly Error NoUnit = new(ErrorKind.Forbidden, "DOS-0511",
        "Tài khoản của bạn không thuộc đơn vị nào.", "Your account belongs to no unit.");

    public static readonly Error NotAtCounter = new(ErrorKind.Validation, "DOS-0512",
        "Thủ tục này không tiếp nhận theo cách đó.", "This procedure is not received in that way.");

    public static readonly Error NothingToChoose = new(ErrorKind.Conflict, "DOS-0513",
        "Hồ sơ không chờ xác định đơn vị giải quyết.", "No choice of unit is open for this dossier.");

    public static readonly Error KeysClosed = new(ErrorKind.Unavailable, "DOS-0515",
        "Chưa ký được biên nhận; hãy thử lại sau ít phút.", "Receipts cannot be signed at the moment; try again in a few minutes.")
    { RetryAfterSeconds = 60 };

    public static readonly Error NotASuccessor = new(ErrorKind.Validation, "DOS-0514",
        "Chỉ chọn được một trong các đơn vị kế thừa.", "Only one of the successors can be chosen.");
}
